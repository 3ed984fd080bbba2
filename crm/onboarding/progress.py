"""How far a customer's onboarding has come."""

from collections.abc import Sequence

from crm.customers.models import Customer
from crm.onboarding.checklist import milestones
from crm.onboarding.models import OnboardingMilestone


def steps_of(customer: Customer) -> list[OnboardingMilestone]:
    """The milestones in order; those of the default list, unsaved, where a customer has none."""
    own = list(customer.onboarding.select_related("completed_by").order_by("position", "pk"))
    return own or [
        OnboardingMilestone(customer=customer, position=position, stage=stage, key=key, title=title)
        for position, (stage, key, title) in enumerate(milestones())
    ]


def stages_of(customer: Customer) -> dict[str, list[OnboardingMilestone]]:
    """The milestones under their stages, in order."""
    stages: dict[str, list[OnboardingMilestone]] = {}
    for step in steps_of(customer):
        stages.setdefault(step.stage, []).append(step)
    return stages


def progress_of(steps: Sequence[OnboardingMilestone]) -> int:
    """The share of milestones that are complete, in whole per cent, half up."""
    done = sum(step.completed_at is not None for step in steps)
    return (200 * done + len(steps)) // (2 * len(steps)) if steps else 0

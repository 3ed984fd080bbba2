"""Ticks the steps of a customer's onboarding."""

from django.db import transaction
from django.utils import timezone

from agency.errors import BusinessError
from agency.records.history import changed, record, spelled
from crm.customers.models import Customer
from crm.onboarding.models import OnboardingMilestone

MANUAL, AUTO = OnboardingMilestone.Source.MANUAL, OnboardingMilestone.Source.AUTO


@transaction.atomic(savepoint=False)  # every new invoice calls it
def complete(customer: Customer, key: str, *, by, source: str = MANUAL) -> bool:
    """Complete a milestone and say whether that changed anything.

    Completing it again, or one that is not on the list, does nothing: one statement.
    """
    open_ones = OnboardingMilestone.objects.filter(customer=customer, key=key, completed_at=None)
    done = open_ones.update(completed_at=timezone.now(), completed_by=by, source=source)
    if done:
        record(customer, "onboarding_completed", by=by, milestone=key, source=str(source))
    return bool(done)


@transaction.atomic
def reopen(customer: Customer, key: str, *, by) -> bool:
    """Take a tick back. A milestone that is open stays as it is."""
    ticked = OnboardingMilestone.objects.filter(customer=customer, key=key).completed()
    done = ticked.update(completed_at=None, completed_by=None, source="")
    if done:
        record(customer, "onboarding_reopened", by=by, milestone=key)
    return bool(done)


@transaction.atomic
def change(
    customer: Customer, key: str, *, by, completed: bool | None = None, notes: str | None = None
) -> None:
    """Tick or untick a milestone by hand, and write its notes; None leaves either as it is.

    A customer without a checklist gets it first. An unknown key is a ``BusinessError``.
    """
    steps = OnboardingMilestone.objects.filter(customer=customer)
    if not steps.exists():
        OnboardingMilestone.objects.start([customer])
    step = steps.select_for_update().filter(key=key).first()
    if step is None:
        raise BusinessError(f"There is no milestone “{key}”.", field="key")
    if completed is not None:
        tick = complete if completed else reopen
        tick(customer, key, by=by)
    changes = {} if notes is None else changed(step, {"notes": notes})
    if notes is not None and changes:
        step.notes = notes
        step.save(update_fields=["notes"])
        record(customer, "onboarding_noted", by=by, milestone=key, **spelled(changes))

"""Brings along what was added to a customer at the moment it was merged."""

from datetime import timedelta

from celery import shared_task
from django.db.models import Exists, OuterRef

from crm.customers.models import Customer
from crm.merging import operations, references
from crm.onboarding.models import OnboardingMilestone

SCHEDULE = {
    "customers: bring along what came late": {
        "task": "crm.merging.jobs.bring_along",
        "schedule": timedelta(minutes=10),
    }
}


@shared_task(name="crm.merging.jobs.bring_along")
def bring_along() -> int:
    """Move what merged customers still have; answers how many had something."""
    late = with_something().select_related("merged_into")
    return sum(bool(operations.carry_later(customer)) for customer in late)


def with_something():
    """Merged customers that a row still names."""
    merged = Customer.objects.exclude(merged_into=None).order_by("pk")
    found = merged.none()
    for model, name in references.keys_to(Customer):
        if model is not OnboardingMilestone:
            rows = model._base_manager.filter(**{name: OuterRef("pk")})
            found |= merged.filter(Exists(rows))
    return found

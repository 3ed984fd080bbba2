"""What keeps the connection to Xero in order: tokens kept alive, lists read, old calls dropped."""

from celery import shared_task
from django.utils import timezone

from agency.errors import UnavailableError
from billing.xero import limits, operations, tokens
from billing.xero.gateway import is_connected

DAY = 24 * 3600

SCHEDULE = {
    "xero: keep the tokens alive": {
        "task": "billing.xero.jobs.keep_alive",
        "schedule": DAY,
        "options": {"expires": 3600},
    },
    "xero: read the accounts and tax rates": {
        "task": "billing.xero.jobs.read_lists",
        "schedule": DAY,
        "options": {"expires": 3600},
    },
    "xero: drop old calls": {
        "task": "billing.xero.jobs.drop_calls",
        "schedule": DAY,
        "options": {"expires": 3600},
    },
}
PATIENT = {"autoretry_for": (UnavailableError,), "retry_backoff": 60, "max_retries": 5}


@shared_task(name="billing.xero.jobs.keep_alive", **PATIENT)
def keep_alive() -> bool:
    """Refresh the tokens where nobody has for a week: unused for 60 days they are void."""
    return is_connected() and tokens.keep_alive()


@shared_task(name="billing.xero.jobs.read_lists", **PATIENT)
def read_lists() -> bool:
    """Read the organisation, its accounts and its tax rates."""
    if not is_connected():
        return False
    operations.refresh_lists()
    return True


@shared_task(name="billing.xero.jobs.drop_calls")
def drop_calls() -> int:
    """Drop the log of calls of more than 30 days ago."""
    return limits.drop_old(timezone.now())

"""The API's periodic work."""

from celery import shared_task

from agency.api import idempotency

SCHEDULE = {
    "api: drop answers kept for repeated requests": {
        "task": "agency.api.jobs.drop_old_answers",
        "schedule": 3600,
        "options": {"expires": 3600},
    }
}


@shared_task(name="agency.api.jobs.drop_old_answers")
def drop_old_answers() -> int:
    """Drop the answers that nobody may ask for again."""
    return idempotency.purge()

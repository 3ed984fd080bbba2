"""Lines that were read long ago are dropped."""

from datetime import timedelta

from celery import shared_task
from django.utils import timezone

from agency.records.notices import operations as notices

KEPT = timedelta(days=90)

SCHEDULE = {
    "notices: drop what was read long ago": {
        "task": "agency.records.notices.jobs.drop_read",
        "schedule": 24 * 3600,
        "options": {"expires": 3600},
    }
}


@shared_task(name="agency.records.notices.jobs.drop_read")
def drop_read() -> int:
    """Drop what was read more than 90 days ago."""
    return notices.drop_read(timezone.now() - KEPT)

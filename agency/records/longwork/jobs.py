"""Long work is carried by the outbox; what is long over is dropped."""

from datetime import timedelta

from celery import shared_task
from django.utils import timezone

from agency.records.files.jobs import clear_folder
from agency.records.longwork import lists, operations, turns
from agency.records.longwork.models import LongWork
from agency.records.outbox import operations as outbox

__all__ = ["lists"]

LEASE = timedelta(minutes=2)
KEPT = timedelta(days=90)

SCHEDULE = {
    "long work: drop old files and what is long over": {
        "task": "agency.records.longwork.jobs.drop_old",
        "schedule": 3600,
        "options": {"expires": 3600},
    }
}

outbox.handler(operations.EFFECT, lease=LEASE, given_up=turns.give_up)(turns.take_turn)


@shared_task(name="agency.records.longwork.jobs.drop_old")
def drop_old() -> int:
    """Drop files after a week, files that no work knows, and work after 90 days."""
    now = timezone.now()
    operations.drop_files(now)
    known = LongWork.objects.exclude(file="").values_list("file", flat=True)
    clear_folder(operations.FOLDER, set(known))
    return operations.drop_old(now - KEPT)

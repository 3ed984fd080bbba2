"""The sweep: effects whose message to a worker got lost on the way are told again."""

from datetime import timedelta

from celery import shared_task
from django.utils import timezone

from agency.records.outbox import operations
from agency.records.outbox.models import Effect

SWEEP_SECONDS = 30
MOST_AT_ONCE = 200
LOST_AFTER = timedelta(minutes=2)  # a message that nobody took for so long is told again

SCHEDULE = {
    "outbox: carry out what is due": {
        "task": "agency.records.outbox.jobs.sweep",
        "schedule": SWEEP_SECONDS,
        "options": {"expires": SWEEP_SECONDS},
    }
}


@shared_task(name="agency.records.outbox.jobs.sweep")
def sweep() -> int:
    """Tell the workers about effects that are due and that no message is under way for."""
    now = timezone.now()
    due = Effect.objects.due(now).unannounced(before=now - LOST_AFTER)
    told = 0
    for pk in due.order_by("due_at", "pk").values_list("pk", flat=True)[:MOST_AT_ONCE]:
        Effect.objects.filter(pk=pk).update(queued_at=now)
        if not operations.publish(pk):
            break
        told += 1
    return told

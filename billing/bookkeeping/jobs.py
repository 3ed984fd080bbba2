"""Bookkeeping: what is read from Xero from time to time, and the effects that read it."""

from datetime import timedelta

import structlog
from celery import shared_task
from celery.schedules import crontab
from django.utils import timezone

from agency.errors import BusinessError
from agency.records.outbox import operations as outbox
from billing.bookkeeping import batches, paying, reading
from billing.xero import gateway

log = structlog.get_logger(__name__)
POLL_SECONDS = 300

SCHEDULE = {
    "xero: take over what has changed": {
        "task": "billing.bookkeeping.jobs.read_changes",
        "schedule": POLL_SECONDS,
        "options": {"expires": POLL_SECONDS},
    },
    "xero: read every open invoice": {
        "task": "billing.bookkeeping.jobs.ask_for_sweep",
        "schedule": crontab(hour=16, minute=20),
        "options": {"expires": 3600},
    },
}

outbox.handler(paying.KIND, lease=paying.LEASE)(paying.carry_out)
outbox.handler(reading.READ, lease=timedelta(minutes=5))(reading.read)
outbox.handler(reading.SWEEP, lease=timedelta(minutes=30))(reading.sweep)


@shared_task(name="billing.bookkeeping.jobs.read_changes")
def read_changes() -> int:
    """Poll: Xero tells of no payment by itself. What fails now is read the next time."""
    if not gateway.is_connected():
        return 0
    try:
        return batches.read_changes()
    except BusinessError as error:
        log.warning("Changes were not read from Xero.", reason=str(error))
        return 0


@shared_task(name="billing.bookkeeping.jobs.ask_for_sweep")
def ask_for_sweep() -> None:
    """Each night, in case that a change was missed."""
    if gateway.is_connected():
        reading.ask_for_sweep(timezone.now())

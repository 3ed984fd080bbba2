"""Starts and stops timers. A person has one running timer at most."""

from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.utils import timezone

from agency.errors import BusinessError, ConflictError, StateError
from agency.records.history import record
from agency.reference import organisation
from crm.timesheets import drafting, guards
from crm.timesheets.durations import DAY_MINUTES, minutes_between
from crm.timesheets.models import TimeEntry
from crm.timesheets.references import look_up

ALREADY = "A timer is running already. Stop it first."


@transaction.atomic
def start_timer(*, by, stop_running: bool = False, **values) -> TimeEntry:
    """Begin to count one's own time from now, on the organisation's day.

    Raises ``ConflictError`` while another timer runs, unless ``stop_running`` ends that one first.
    """
    guards.require_right(by)
    running = running_of(by)
    if running is not None:
        if not stop_running:
            raise ConflictError(ALREADY)
        stop_timer(running, by=by)
    entry = _started(values, by=by)
    try:
        with transaction.atomic():
            entry.save(force_insert=True)
    except IntegrityError as error:
        raise ConflictError(ALREADY) from error
    record(entry, "timer started", by=by)
    return entry


def running_of(person) -> TimeEntry | None:
    """The timer that runs for a person, or None."""
    return TimeEntry.objects.running().filter(staff=person).first()


def _started(values: dict, *, by) -> TimeEntry:
    known = look_up([values], by=by)
    where = known.place(values)
    now = timezone.now()
    entry = TimeEntry(
        staff=by,
        date=organisation.day_of(now),
        started_at=now,
        description=values.get("description", ""),
        is_billable=drafting.is_billable(values, where),
        created_by=by,
        **where.ids,
    )
    organisation.require_after(known.closed_before, entry.date)
    drafting.price(entry, where)
    return entry


def _end(entry: TimeEntry, ended_at: datetime | None) -> None:
    started_at, now = entry.started_at, timezone.now()
    ended_at = ended_at or now
    if started_at is None or ended_at > now:
        raise BusinessError("The end lies in the future.", field="ended_at")
    guards.require_span(started_at, ended_at)
    ended_at = min(ended_at, started_at + timedelta(minutes=DAY_MINUTES))
    entry.ended_at = ended_at
    entry.minutes = max(1, min(minutes_between(started_at, ended_at), DAY_MINUTES))


@transaction.atomic
def stop_timer(entry: TimeEntry, *, by, ended_at: datetime | None = None) -> TimeEntry:
    """End a timer now, or at ``ended_at`` where somebody forgot it.

    The minutes are those that passed, half up, one at least. A timer that was forgotten for more
    than a day ends 24 hours after its start. Raises ``StateError`` where it does not run.
    """
    guards.require_right(by)
    [entry] = guards.locked([entry])
    guards.require_reach([entry], by=by)
    if not entry.is_running:
        raise StateError("This timer does not run.")
    _end(entry, ended_at)
    drafting.set_amount(entry)
    entry.save(update_fields=["ended_at", "minutes", "amount", "updated_at"])
    record(entry, "timer stopped", by=by, minutes=entry.minutes)
    return entry

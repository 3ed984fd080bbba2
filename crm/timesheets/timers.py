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
    """Begin to count time, on the organisation's day: one's own, and from now.

    ``staff_id`` names somebody else of one's scope, ``started_at`` a moment of the last 24 hours.
    Raises ``ConflictError`` while another timer of that person runs, unless ``stop_running`` ends
    it first; else as ``operations.create``.
    """
    guards.require_right(by)
    person = guards.people_of([values], by=by)[values.get("staff_id") or by.pk]
    running = running_of(person)
    if running is not None:
        if not stop_running:
            raise ConflictError(ALREADY)
        stop_timer(running, by=by)
    entry = _started(values, person, by=by)
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


def _started(values: dict, person, *, by) -> TimeEntry:
    known = look_up([values], by=by)
    where = known.place(values)
    started_at = values.get("started_at") or timezone.now()
    _require_recent(started_at)
    entry = TimeEntry(
        staff=person,
        date=organisation.day_of(started_at),
        started_at=started_at,
        description=values.get("description", ""),
        is_billable=drafting.is_billable(values, where),
        created_by=by,
        **where.ids,
    )
    organisation.require_after(known.closed_before, entry.date)
    drafting.price(entry, where)
    drafting.agree(entry, values.get("rate"), by=by)
    return entry


def _require_recent(started_at: datetime) -> None:
    """Nobody works on for more than a day: such time has an end that was not sent."""
    guards.require_begun(started_at)
    if timezone.now() - started_at > timedelta(minutes=DAY_MINUTES):
        raise BusinessError("This began more than a day ago: send its end.", field="ended_at")


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

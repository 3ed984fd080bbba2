"""Writes time. The API, the pages, the admin and the jobs call these functions.

What time is logged on is named by ids (``task_id``, ``budget_line_id``, ``budget_id``,
``project_id``, ``customer_id``) and looked up among what the caller may see.
"""

from collections.abc import Mapping, Sequence

from django.db import transaction

from agency.errors import BusinessError
from agency.records.history import event, record, record_all, spelled
from agency.reference import organisation
from agency.sql import insert_all
from crm.timesheets import drafting, guards
from crm.timesheets.approval import approve, reject, reject_all, submit, unapprove
from crm.timesheets.durations import minutes_between
from crm.timesheets.models import TimeEntry
from crm.timesheets.references import FIELDS, look_up
from crm.timesheets.states import TimeStatus
from crm.timesheets.timers import start_timer, stop_timer

__all__ = [
    "approve",
    "create",
    "create_many",
    "delete",
    "reject",
    "reject_all",
    "start_timer",
    "stop_timer",
    "submit",
    "unapprove",
    "update",
]

MOST_AT_ONCE = 1000
PLAIN = ("date", "minutes", "description", "is_billable", "started_at", "ended_at")
SPAN = {"started_at", "ended_at"}
UNDECIDED = {"submitted_at": None, "decided_at": None, "decided_by": None, "rejection_reason": ""}


def create(*, by, **values) -> TimeEntry:
    """Log time for oneself, or with ``staff_id`` for somebody of one's scope.

    ``date`` and ``minutes`` are needed, or ``started_at`` and ``ended_at`` for the minutes. Rate
    and currency are taken as they are now, unless ``rate`` says what an hour is worth; the amount
    is rounded to the currency. Raises ``BusinessError`` naming the field, ``NotAllowedError``,
    ``ConflictError`` in the closed period.
    """
    return _created([values], by=by)[0]


def create_many(rows: Sequence[Mapping], *, by) -> list[TimeEntry]:
    """Log up to 1,000 entries, all or none; an error names ``time_entries.<index>.<field>``."""
    if not 1 <= len(rows) <= MOST_AT_ONCE:
        raise BusinessError(f"Send 1 to {MOST_AT_ONCE} entries.", field="time_entries")
    return _created(rows, by=by, prefix="time_entries")


@transaction.atomic
def _created(rows: Sequence[Mapping], *, by, prefix: str = "") -> list[TimeEntry]:
    guards.require_right(by)
    known, people = look_up(rows, by=by), guards.people_of(rows, by=by)
    entries = []
    for index, row in enumerate(rows):
        try:
            entries.append(drafting.drafted(row, known, people, by=by))
        except BusinessError as error:
            error.field = f"{prefix}.{index}.{error.field}" if prefix else error.field
            raise
    insert_all(entries)
    record_all([event(entry, "created", by=by, **facts(entry)) for entry in entries])
    return entries


def facts(entry: TimeEntry) -> dict:
    return {"date": entry.date, "minutes": entry.minutes}


@transaction.atomic
def update(entry: TimeEntry, *, by, **values) -> TimeEntry:
    """Change an entry that is neither approved nor billed; a rejected one becomes a draft again.

    The rate stays as it was unless the entry moves to another task, project or budget, or ``rate``
    is given. Raises ``StateError`` for locked time, else as ``create``.
    """
    guards.require_right(by)
    [entry] = guards.locked([entry], *guards.NAMED)
    guards.require_reach([entry], by=by)
    guards.require_editable(entry)
    before = _shown(entry)
    _require_same_person(entry, values)
    _move(entry, values, by=by)
    _set(entry, values)
    drafting.agree(entry, values.get("rate"), by=by)
    organisation.require_open(entry.date)
    if entry.status == TimeStatus.REJECTED:
        _reopen(entry)
    after = _shown(entry)
    changes = {name: [before[name], after[name]] for name in before if before[name] != after[name]}
    if changes:
        entry.save()
        record(entry, "updated", by=by, **spelled(changes))
    return entry


def _shown(entry: TimeEntry) -> dict:
    """What history tells of an entry; related records by name."""
    names = (*guards.NAMED[1:], *PLAIN, "rate", "currency", "amount", "status")
    return {name: getattr(entry, name) for name in names}


def _require_same_person(entry: TimeEntry, values: Mapping) -> None:
    if values.get("staff_id", entry.staff_id) != entry.staff_id:
        raise BusinessError("Time stays with the person who worked it.", field="staff_id")


def _move(entry: TimeEntry, values: Mapping, *, by) -> None:
    given = {field for field in FIELDS if field in values}
    if not given:
        return
    kept = {field: getattr(entry, field) for field in FIELDS}
    wanted = drafting.merged(entry, values)
    where = look_up([wanted], by=by, kept=kept).place(wanted, given)
    if where.ids == kept:
        return
    for field, pk in where.ids.items():
        setattr(entry, field, pk)
    drafting.price(entry, where)


def _set(entry: TimeEntry, values: Mapping) -> None:
    """Set the plain values, and the minutes and amount that follow."""
    runs = entry.is_running
    if runs and ("minutes" in values or values.get("ended_at") is not None):
        guards.require_stopped(entry)
    for name in PLAIN:
        if name in values:
            setattr(entry, name, values[name])
    guards.require_span(entry.started_at, entry.ended_at)
    if runs:
        guards.require_begun(entry.started_at)
    else:
        if entry.is_running:
            raise BusinessError("Send ended_at as well, or start a timer.", field="ended_at")
        spanned = SPAN & values.keys() and "minutes" not in values
        if spanned and entry.started_at and entry.ended_at:
            entry.minutes = minutes_between(entry.started_at, entry.ended_at)
        guards.require_minutes(entry.minutes)
    drafting.set_amount(entry)


def _reopen(entry: TimeEntry) -> None:
    entry.status = TimeStatus.DRAFT
    for name, value in UNDECIDED.items():
        setattr(entry, name, value)


@transaction.atomic
def delete(entry: TimeEntry, *, by) -> None:
    """Remove an entry that is neither approved nor billed; its history stays."""
    guards.require_right(by)
    [entry] = guards.locked([entry])
    guards.require_reach([entry], by=by)
    guards.require_editable(entry)
    record(entry, "deleted", by=by, **facts(entry))
    entry.delete()

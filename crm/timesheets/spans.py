"""Time that is told by its start and end alone: without an end it is a running timer."""

from django.db import transaction

from agency.reference import organisation
from crm.timesheets import guards, operations
from crm.timesheets.models import TimeEntry
from crm.timesheets.operations import delete

__all__ = ["create", "delete", "update"]


def create(*, by, **values) -> TimeEntry:
    """Log time from ``started_at`` to ``ended_at``, or start a timer where that is left out.

    The day is the organisation's at the start. Raises as ``operations.create`` and
    ``operations.start_timer``.
    """
    if values.get("ended_at") is None:
        return operations.start_timer(by=by, **values)
    return operations.create(by=by, date=organisation.day_of(values["started_at"]), **values)


@transaction.atomic
def update(entry: TimeEntry, *, by, **values) -> TimeEntry:
    """Change an entry, whose day follows a new start; an end stops the timer that runs."""
    [entry] = guards.locked([entry])
    if values.get("started_at") not in (None, entry.started_at):
        values["date"] = organisation.day_of(values["started_at"])
    ended_at = values.pop("ended_at", None) if entry.is_running else None
    entry = operations.update(entry, by=by, **values)
    return operations.stop_timer(entry, by=by, ended_at=ended_at) if ended_at else entry

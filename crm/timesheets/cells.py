"""Writes a cell of the week grid: what a day's work on one thing comes to."""

from datetime import date

from django.db import transaction

from agency.errors import BusinessError, ConflictError, StateError
from agency.staff.models import Staff
from crm.timesheets import guards, operations
from crm.timesheets.durations import DAY_MINUTES
from crm.timesheets.models import TimeEntry
from crm.timesheets.references import FIELDS
from crm.timesheets.work import Work


@transaction.atomic
def set_total(work: Work, *, staff, day: date, minutes: int, was: int, by) -> None:
    """Make the time of ``staff`` on ``work`` that day come to ``minutes``; 0 removes it.

    The difference goes to the newest entry that is still open. Raises ``ConflictError`` where the
    cell does not hold the ``was`` minutes that were shown, else as logging does.
    """
    guards.require_right(by)
    if not 0 <= minutes <= DAY_MINUTES:
        raise BusinessError("A day has 24 hours.", field="minutes")
    Staff.objects.select_for_update(no_key=True).get(pk=staff.pk)  # one cell of a person at a time
    place = dict(zip(FIELDS, work.place, strict=True))
    rows = TimeEntry.objects.select_for_update().filter(staff=staff, date=day, **place)
    entries = list(rows.order_by("pk"))
    for entry in entries:
        guards.require_stopped(entry)
    total = sum(entry.minutes for entry in entries)
    if total != was:
        raise ConflictError("This was changed elsewhere meanwhile. Look again, then type.")
    if minutes > total and all(entry.is_locked for entry in entries):
        _add(work, minutes - total, staff=staff, day=day, by=by)
    elif minutes != total:
        _change(entries, minutes - total, by=by)


def _add(work: Work, minutes: int, *, staff, day: date, by) -> None:
    given = {field: pk for field, pk in work.ids.items() if pk is not None}
    if staff.pk != by.pk:
        given["staff_id"] = staff.pk
    operations.create(by=by, date=day, minutes=minutes, **given)


def _change(entries: list[TimeEntry], difference: int, *, by) -> None:
    still_open = [entry for entry in entries if not entry.is_locked]
    if not still_open:
        raise StateError("This time is approved and locked.")
    newest = still_open[-1]
    left = newest.minutes + difference
    if left < 0:
        raise BusinessError(
            "Other entries of this day hold more. Open the day to change them.", field="minutes"
        )
    if left == 0:
        operations.delete(newest, by=by)
    else:
        operations.update(newest, by=by, minutes=left)

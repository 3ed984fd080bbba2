"""What must hold before time is written: whose it is, whether it is open, how long it may be."""

from collections.abc import Iterable, Mapping

from django.utils import timezone

from agency.errors import BusinessError, ConflictError, NotAllowedError, StateError
from agency.staff.models import Staff
from agency.staff.scope import OWN, people_in_reach, sees_all
from crm.timesheets.durations import DAY_MINUTES
from crm.timesheets.models import TimeEntry
from crm.timesheets.states import TimeStatus

NAMED = ("staff", "task", "project", "customer", "budget", "budget_line")


def require_right(by) -> None:
    """Writing time needs the same right through every door."""
    if not by.has_perm("time:update"):
        raise NotAllowedError("This needs time:update.")


def require_pricing(by) -> None:
    """Another price than the agreed one is set by those who may set the project's."""
    if not by.has_perm("projects:update"):
        raise NotAllowedError("A rate of its own needs projects:update.", field="rate")


def reachable(people: set[int], *, by) -> set[int]:
    """Those of ``people`` whose time ``by`` may work on: one's own, and that of one's scope."""
    if people <= {by.pk} or sees_all(by):
        return people
    return set(people_in_reach(by).filter(pk__in=people).values_list("pk", flat=True))


def reaches_others(by) -> bool:
    """Whether the role lets a person see anybody else's time."""
    return by.role_id is not None and by.role.scope != OWN


def in_reach(by):
    """The active colleagues whose time ``by`` sees, and ``by``."""
    people = Staff.objects.active()
    return people if sees_all(by) else people.filter(pk__in=people_in_reach(by))


def require_reach(entries: Iterable[TimeEntry], *, by) -> None:
    """Raise ``NotAllowedError`` unless all entries are one's own or of one's scope."""
    people = {entry.staff_id for entry in entries}
    if people - reachable(people, by=by):
        raise NotAllowedError("This is the time of somebody outside your teams.")


def require_another(entries: Iterable[TimeEntry], *, by) -> None:
    if any(entry.staff_id == by.pk for entry in entries):
        raise NotAllowedError("Nobody decides on their own time.")


def people_of(rows: Iterable[Mapping], *, by) -> dict[int, Staff]:
    """The person of each row, by id; ``by`` where a row names none.

    Raises ``BusinessError`` for an unknown or inactive person, ``NotAllowedError`` for somebody
    whose time ``by`` may not log.
    """
    asked = {row["staff_id"] for row in rows if row.get("staff_id") is not None} - {by.pk}
    found = Staff.objects.active().in_bulk(asked) if asked else {}
    if asked - found.keys():
        raise BusinessError("There is no such active person.", field="staff_id")
    if asked - reachable(asked, by=by):
        raise NotAllowedError("You may not log time for this person.", field="staff_id")
    return {by.pk: by, **found}


def locked(entries: Iterable[TimeEntry], *related: str) -> list[TimeEntry]:
    """The rows as they are now, locked until the transaction ends, each with its person."""
    pks = {entry.pk for entry in entries}
    rows = TimeEntry.objects.select_for_update(of=("self",)).select_related("staff", *related)
    found = list(rows.filter(pk__in=pks).order_by("pk"))
    if len(found) < len(pks):
        raise ConflictError("A time entry has been deleted meanwhile.")
    return found


def require_editable(entry: TimeEntry) -> None:
    """Raise ``StateError`` for time that is approved or billed."""
    require_unbilled(entry)
    if entry.status == TimeStatus.APPROVED:
        raise StateError("This time is approved and locked. Ask for the approval to be taken back.")


def require_unbilled(entry: TimeEntry) -> None:
    if entry.invoice_line_id is not None:
        raise StateError("This time is on an invoice and locked.")


def require_stopped(entry: TimeEntry) -> None:
    if entry.is_running:
        raise StateError("The timer is still running. Stop it first.")


def require_minutes(minutes: int) -> None:
    """A minute at least, a day at most."""
    if not 1 <= minutes <= DAY_MINUTES:
        raise BusinessError("Log from one minute up to 24 hours.", field="minutes")


def require_begun(started_at) -> None:
    """A timer counts from a moment that has come."""
    if started_at is not None and started_at > timezone.now():
        raise BusinessError("The start lies in the future.", field="started_at")


def require_span(started_at, ended_at) -> None:
    """A start for every end, and not after it."""
    if ended_at is None:
        return
    if started_at is None:
        raise BusinessError("Send started_at as well.", field="started_at")
    if ended_at < started_at:
        raise BusinessError("The end lies before the start.", field="ended_at")

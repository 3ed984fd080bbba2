"""Hands time in, approves it, sends it back."""

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.utils import timezone

from agency.errors import BusinessError, StateError
from agency.records.history import event, record_all
from agency.reference import organisation
from crm.timesheets import guards, telling
from crm.timesheets.models import TimeEntry
from crm.timesheets.states import TIME_WORKFLOW, TimeStatus

LONGEST_REASON = 500


@transaction.atomic
def submit(entries: Iterable[TimeEntry] | TimeEntry, *, by) -> list[TimeEntry]:
    """Hand drafts in for approval; what is handed in already stays as it is.

    Raises ``StateError`` for a running timer and for time that is decided: what was sent back
    is changed first.
    """
    guards.require_right(by)
    entries = guards.locked(_several(entries))
    guards.require_reach(entries, by=by)
    for entry in entries:
        guards.require_stopped(entry)
        if entry.status != TimeStatus.DRAFT:
            raise StateError(f"{entry} is {entry.status}: only a draft can be submitted.")
    fresh = [entry for entry in entries if entry.submitted_at is None]
    _write(fresh, "submitted", by=by, submitted_at=timezone.now())
    telling.of_handing_in(fresh)
    return entries


@transaction.atomic
def approve(entries: Iterable[TimeEntry] | TimeEntry, *, by) -> list[TimeEntry]:
    """Approve drafts, handed in or not, all or none, and lock them.

    Raises ``NotAllowedError`` for one's own time or time outside one's scope, ``StateError``
    for a running timer or time that is decided, ``ConflictError`` in the closed period.
    """
    entries = _to_decide(entries, TimeStatus.APPROVED, by=by)
    for day in sorted({entry.date for entry in entries})[:1]:
        organisation.require_open(day)
    return _decide(entries, TimeStatus.APPROVED, by=by)


def reject(entry: TimeEntry, *, reason: str, by) -> TimeEntry:
    """Send a draft back with a reason; raises as ``approve``."""
    return reject_all([entry], reason=reason, by=by)[0]


@transaction.atomic
def reject_all(entries: Iterable[TimeEntry], *, reason: str, by) -> list[TimeEntry]:
    """Send drafts back with one reason, all or none."""
    reason = reason.strip()
    if not 0 < len(reason) <= LONGEST_REASON:
        raise BusinessError(f"Say why, in up to {LONGEST_REASON} characters.", field="reason")
    entries = _to_decide(entries, TimeStatus.REJECTED, by=by)
    for entry in entries:
        guards.require_unbilled(entry)
    return _decide(entries, TimeStatus.REJECTED, by=by, reason=reason)


@transaction.atomic
def unapprove(entries: Iterable[TimeEntry] | TimeEntry, *, by) -> list[TimeEntry]:
    """Take approvals back while nothing is invoiced: the entries are drafts again."""
    entries = _to_decide(entries, TimeStatus.DRAFT, by=by)
    for entry in entries:
        guards.require_unbilled(entry)
        if entry.status != TimeStatus.APPROVED:
            raise StateError(f"{entry} is {entry.status}: there is no approval to take back.")
    for day in sorted({entry.date for entry in entries})[:1]:
        organisation.require_open(day)
    changes: dict[str, Any] = {"decided_at": None, "decided_by": None}
    return _write(entries, "unapproved", by=by, status=TimeStatus.DRAFT, **changes)


def _several(entries: Iterable[TimeEntry] | TimeEntry) -> Iterable[TimeEntry]:
    return [entries] if isinstance(entries, TimeEntry) else entries


def _to_decide(entries, target: str, *, by) -> list[TimeEntry]:
    """The locked rows, if ``by`` may take them to ``target``."""
    guards.require_right(by)
    entries = guards.locked(_several(entries))
    guards.require_another(entries, by=by)
    guards.require_reach(entries, by=by)
    for entry in entries:
        guards.require_stopped(entry)
        TIME_WORKFLOW.require(entry.status, target)
    return entries


def _decide(entries: list[TimeEntry], target: str, *, by, reason: str = "") -> list[TimeEntry]:
    changes = {
        "status": target,
        "decided_at": timezone.now(),
        "decided_by": by,
        "rejection_reason": reason,
    }
    _write(entries, str(target), by=by, reason=reason, **changes)
    telling.of_decision(entries, target, by=by, reason=reason)
    return entries


def _write(entries: list[TimeEntry], verb: str, *, by, reason: str = "", **changes):
    """Change all rows in one statement and tell each one's history in another."""
    if not entries:
        return entries
    changes["updated_at"] = timezone.now()
    TimeEntry.objects.filter(pk__in=[entry.pk for entry in entries]).update(**changes)
    told = []
    for entry in entries:
        facts: dict[str, Any] = {"reason": reason} if reason else {}
        if "status" in changes:
            facts["status"] = [entry.status, changes["status"]]
        told.append(event(entry, verb, by=by, **facts))
        for name, value in changes.items():
            setattr(entry, name, value)
    record_all(told)
    return entries

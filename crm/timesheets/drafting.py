"""Puts an entry together from what was sent: its place, its minutes, its price. Saves nothing."""

from collections.abc import Mapping
from decimal import Decimal

from agency import money
from agency.errors import BusinessError
from agency.reference import organisation
from crm.timesheets import guards, rates
from crm.timesheets.durations import minutes_between
from crm.timesheets.models import TimeEntry
from crm.timesheets.references import FIELDS, Known, Place


def drafted(values: Mapping, known: Known, people: Mapping, *, by) -> TimeEntry:
    """An unsaved entry of what was sent.

    Raises ``BusinessError`` naming the field, ``ConflictError`` for a date in the closed period.
    """
    where = known.place(values)
    entry = TimeEntry(
        staff=people[values.get("staff_id") or by.pk],
        date=values["date"],
        minutes=minutes_of(values),
        started_at=values.get("started_at"),
        ended_at=values.get("ended_at"),
        description=values.get("description", ""),
        is_billable=is_billable(values, where),
        created_by=by,
        **where.ids,
    )
    organisation.require_after(known.closed_before, entry.date)
    price(entry, where)
    agree(entry, values.get("rate"), by=by)
    return entry


def minutes_of(values: Mapping) -> int:
    """The minutes that were sent, or those between start and end."""
    start, end = values.get("started_at"), values.get("ended_at")
    guards.require_span(start, end)
    if start is not None and end is None:
        raise BusinessError("Send ended_at as well, or start a timer.", field="ended_at")
    minutes = values.get("minutes")
    if minutes is None:
        if start is None or end is None:
            raise BusinessError("Send hours, or started_at and ended_at.", field="minutes")
        minutes = minutes_between(start, end)
    guards.require_minutes(minutes)
    return minutes


def is_billable(values: Mapping, where: Place) -> bool:
    """What was sent, else what the task says, else yes."""
    given = values.get("is_billable")
    if given is not None:
        return given
    return True if where.is_billable is None else where.is_billable


def price(entry: TimeEntry, where: Place) -> None:
    """Take the snapshot of rate and currency, and the amount that follows from them."""
    entry.rate = rates.hourly_rate(**where.prices, person=entry.staff.hourly_rate)
    entry.currency = where.currency or organisation.current().base_currency
    set_amount(entry)


def agree(entry: TimeEntry, rate: Decimal | None, *, by) -> None:
    """Put a rate that was agreed for this entry alone in place of the usual one.

    Raises ``NotAllowedError`` where it differs and ``by`` may not set the prices of projects.
    """
    if rate is None or rate == entry.rate:
        return
    guards.require_pricing(by)
    if not 0 <= rate <= money.LARGEST:
        raise BusinessError("A rate cannot be negative or so large.", field="rate")
    entry.rate = rate
    set_amount(entry)


def set_amount(entry: TimeEntry) -> None:
    """Minutes / 60 × rate, rounded to the currency; 0 when not billable."""
    entry.amount = (
        money.time_amount(entry.minutes, entry.rate, entry.currency)
        if entry.is_billable
        else money.ZERO
    )


def merged(entry: TimeEntry, values: Mapping) -> dict:
    """The ids that an entry stands on after a change.

    A new budget leaves the old budget's line behind, a new line its old budget; project and
    company are the entry's own only where no task or budget implied them.
    """
    given = {field: values[field] for field in FIELDS if field in values}
    own = {field: getattr(entry, field) for field in FIELDS}
    if "budget_id" in given and given["budget_id"] != own["budget_id"]:
        own["budget_line_id"] = None
    if given.get("budget_line_id") is not None:
        own["budget_id"] = None
    if own["task_id"] or own["budget_id"] or own["budget_line_id"]:
        own["project_id"] = own["customer_id"] = None
    elif own["project_id"] and "project_id" in given:
        own["customer_id"] = None
    return {**own, **given}

"""What an hour is worth: one ladder from the most particular price to the most general."""

from decimal import Decimal

from agency import money

HOURLY_UNITS = {"", "h", "hr", "hour", "hours"}


def hourly_rate(
    *,
    line: Decimal | None = None,
    task: Decimal | None = None,
    service: Decimal | None = None,
    project: Decimal | None = None,
    person: Decimal | None = None,
    unit: str | None = "hour",
) -> Decimal:
    """The price of an hour, in the currency of what the time is logged on.

    The agreed price of the budget line, else the task's own rate, the usual price of the line's
    service, the project's, the person's, else 0. A line or service without a price has 0, and a
    price by another ``unit`` than the hour is none for time; the others say with 0 that the time
    is free. The task stands behind the line, which was agreed with the customer, and before every
    usual price, because somebody set it for this piece of work alone.
    """
    is_hourly = (unit or "").strip().lower() in HOURLY_UNITS
    ladder = (
        line or None if is_hourly else None,
        task,
        service or None if is_hourly else None,
        project,
        person,
    )
    return next((rate for rate in ladder if rate is not None), money.ZERO)

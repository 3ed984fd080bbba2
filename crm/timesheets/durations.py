"""Lengths of time and the days they belong to."""

from datetime import UTC, date, datetime, timedelta

DAY_MINUTES = 24 * 60


def minutes_between(started_at: datetime, ended_at: datetime) -> int:
    """Whole minutes from one instant to another, half up.

    Both are taken to UTC first: with clocks put forward or back in between, the minutes are those
    that passed, not those on the wall.
    """
    passed = ended_at.astimezone(UTC) - started_at.astimezone(UTC)
    return int((passed.total_seconds() + 30) // 60)


def monday_of(day: date) -> date:
    """The first day of the week that ``day`` lies in."""
    return day - timedelta(days=day.weekday())


def week_of(day: date) -> tuple[date, date]:
    """Monday and Sunday of the week that ``day`` lies in; the calendar's last week ends early."""
    monday = monday_of(day)
    return monday, monday + timedelta(days=min(6, (date.max - monday).days))

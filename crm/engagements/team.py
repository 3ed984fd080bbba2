"""The team and the tools of an engagement as they are kept: plain lists, decimals as text."""

import json
from collections.abc import Iterable
from decimal import Decimal, InvalidOperation
from typing import Any

from agency import money
from agency.errors import BusinessError

MOST_MEMBERS, LONGEST_ROLE = 100, 120
MOST_TOOLS, LONGEST_TOOL = 50, 60
MEMBER = ("role", "hours", "rate")


class ExactDecoder(json.JSONDecoder):
    """Reads fractions as Decimal, so that what is typed in the admin never is a binary float."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"parse_float": Decimal, **options})


def members(sent: Any) -> list[dict]:
    """``[{role, hours, rate}]`` with hours and rate as decimal text or null.

    Raises ``BusinessError`` for anything else: a row without a role, a negative or inexact number.
    """
    if sent is None:
        return []
    if not isinstance(sent, list) or len(sent) > MOST_MEMBERS:
        raise wrong(f"The team is a list of at most {MOST_MEMBERS} rows.")
    return [member(place, row) for place, row in enumerate(sent, start=1)]


def member(place: int, row: Any) -> dict:
    if not isinstance(row, dict) or set(row) - set(MEMBER):
        raise wrong(f"Row {place}: send role, hours and rate.")
    role = row.get("role")
    if not isinstance(role, str) or not role.strip() or len(role) > LONGEST_ROLE:
        raise wrong(f"Row {place}: a role of at most {LONGEST_ROLE} letters is needed.")
    hours = figure(place, "hours", row.get("hours"), least=0)
    return {"role": role.strip(), "hours": hours, "rate": figure(place, "rate", row.get("rate"))}


def figure(place: int, name: str, value: Any, least: int = 2) -> str | None:
    """The text of a number from 0 with at most four decimals; null where none is known."""
    if value in (None, ""):
        return None
    try:
        number = Decimal(value) if not isinstance(value, bool | float) else Decimal("NaN")
    except (InvalidOperation, TypeError, ValueError):
        number = Decimal("NaN")
    if not number.is_finite() or not 0 <= number <= money.LARGEST:
        raise wrong(f"Row {place}: {name} is a number from 0.")
    if number != money.plain(number):
        raise wrong(f"Row {place}: {name} has at most four decimals.")
    return format(money.plain(number, least), "f")


def tools(sent: Any) -> list[str]:
    """The names of tools, each once, in the order sent. Raises ``BusinessError``."""
    if sent is None:
        return []
    if not isinstance(sent, list) or len(sent) > MOST_TOOLS or not all(map(is_tool, sent)):
        message = f"Tools are at most {MOST_TOOLS} names of at most {LONGEST_TOOL} letters."
        raise BusinessError(message, field="tools")
    return list(dict.fromkeys(name.strip() for name in sent))


def is_tool(name: Any) -> bool:
    return isinstance(name, str) and 0 < len(name.strip()) <= LONGEST_TOOL


def exact(kept: Iterable[dict] | None) -> list[dict]:
    """The kept rows with their numbers as Decimal."""
    return [
        {name: Decimal(row[name]) if row[name] and name != "role" else row[name] for name in MEMBER}
        for row in kept or ()
    ]


def wrong(message: str) -> BusinessError:
    return BusinessError(message, field="team_members")

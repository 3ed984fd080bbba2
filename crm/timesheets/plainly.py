"""Reads many entries that are written plainly, in a tenth of the time that fields take.

Whatever is not plain (another type, a bound, an unknown name) is left to the serializer, which
finds the words for what is wrong. Both read the same values: a test compares them.
"""

from collections.abc import Callable
from datetime import date
from decimal import Decimal

from rest_framework import serializers

from agency import money

LONGEST_DESCRIPTION = 4000
DAY_HOURS = 24
HOURS_DECIMALS = 4
ID_DIGITS = 18


def _hours(value) -> int:
    if type(value) is int and 0 <= value <= DAY_HOURS:
        return value * 60
    if type(value) is Decimal and value.is_finite() and 0 <= value <= DAY_HOURS:
        exponent = value.as_tuple().exponent
        if isinstance(exponent, int) and -HOURS_DECIMALS <= exponent <= 0:
            return money.minutes_of(value)
    raise ValueError


def _text(value) -> str:
    if type(value) is str and len(value) <= LONGEST_DESCRIPTION and "\0" not in value:
        return value.strip()
    raise ValueError


def _date(value) -> date:
    if type(value) is str:
        return date.fromisoformat(value)
    raise ValueError


def _id(value) -> int:
    text = str(value) if type(value) is int else value
    if type(text) is str and text.isascii() and text.isdigit() and len(text) <= ID_DIGITS:
        return int(text)
    raise ValueError


def _id_or_none(value) -> int | None:
    return None if value is None else _id(value)


def _flag(value) -> bool:
    if type(value) is bool:
        return value
    raise ValueError


READERS: dict[str, tuple[str, Callable]] = {
    "date": ("date", _date),
    "hours": ("minutes", _hours),
    "description": ("description", _text),
    "task_id": ("task_id", _id_or_none),
    "project_id": ("project_id", _id_or_none),
    "company_id": ("customer_id", _id_or_none),
    "budget_id": ("budget_id", _id_or_none),
    "line_item_id": ("budget_line_id", _id_or_none),
    "billable": ("is_billable", _flag),
    "user_id": ("staff_id", _id),
}


def read(row) -> dict | None:
    """The values of a plain entry, None for any other."""
    if type(row) is not dict or "date" not in row:
        return None
    found = {}
    try:
        for name, value in row.items():
            source, reader = READERS[name]
            found[source] = reader(value)
    except (KeyError, ValueError):
        return None
    return found


class PlainlyField(serializers.ListField):
    """A list whose plain rows are read at once, and the others by its ``child``."""

    def run_child_validation(self, data):
        rows: list[dict | None] = []
        errors: dict = {}
        for index, item in enumerate(data):
            row = read(item)
            if row is None:
                try:
                    row = self.child.run_validation(item)
                except serializers.ValidationError as error:
                    errors[index] = error.detail
            rows.append(row)
        if errors:
            raise serializers.ValidationError(errors)
        return rows

"""The columns of a list: one declaration draws the cell, sorts, totals and exports."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.template.loader import get_template
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString

from agency.ui import formats, icons

RIGHT = {"money", "number", "hours", "percent"}


@dataclass(frozen=True, kw_only=True)
class Column:
    """One column.

    ``value`` is a path (``customer.name``) or a function of the row; without it, ``name``.
    ``kind``: text, link, money, number, hours (minutes), percent, date, moment, person, bool.
    ``sort`` is a field path or an expression list; ``phone`` places the cell on a narrow screen:
    title, sub, value or state. ``draw`` (row -> safe HTML) or ``template`` replace the drawing.
    """

    name: str
    label: str
    value: str | Callable[[Any], Any] = ""
    kind: str = "text"
    sort: str | tuple = ()
    detail: str | Callable[[Any], Any] = ""  # grey, after the value
    currency: str = "currency"
    total: bool | str = False  # sum it; a text names the model field or annotation
    shown: bool = True
    fixed: bool = False  # cannot be switched off
    clip: bool = False  # takes the spare width and ends in an ellipsis
    phone: str = ""
    draw: Callable[[Any], SafeString] | None = None
    template: str = ""
    export: str | Callable[[Any], Any] = ""  # like ``value``, where a file says something else
    css: str = ""

    @property
    def is_right(self) -> bool:
        return self.kind in RIGHT

    @property
    def cell_css(self) -> str:
        """The classes of its table cells; hidden on a phone, where the row is a card."""
        kinds = {"date": "nw num text-start", "moment": "nw num text-start"}
        own = ["num" if self.is_right else kinds.get(self.kind, ""), "clip" if self.clip else ""]
        return " ".join(filter(None, ["hide-s", *own, self.css]))

    @property
    def order_by(self) -> tuple:
        return (self.sort,) if isinstance(self.sort, str) else tuple(self.sort)

    @property
    def sum_field(self) -> str:
        return self.total if isinstance(self.total, str) else str(self.value or self.name)

    def raw(self, row) -> Any:
        """The value itself, as an export writes it."""
        return follow(row, self.value or self.name)

    def cell(self, row) -> SafeString:
        """The inside of the table cell."""
        if self.draw:
            return conditional_escape(self.draw(row))
        if self.template:
            return get_template(self.template).render({"row": row, "column": self})
        drawn = _DRAWINGS[self.kind](self, row, self.raw(row))
        detail = follow(row, self.detail) if self.detail else ""
        return format_html('{} <span class="muted">· {}</span>', drawn, detail) if detail else drawn

    def exported(self, row) -> Any:
        """What CSV and XLSX hold."""
        value = follow(row, self.export) if self.export else self.raw(row)
        if self.kind == "hours" and value is not None:
            return formats.money.hours(value)
        return value


def follow(row, path: str | Callable) -> Any:
    """The value at a dotted path of attributes, None where the way ends; or of a function."""
    if callable(path):
        return path(row)
    for part in path.split("."):
        row = row.get(part) if isinstance(row, dict) else getattr(row, part, None)
        if row is None:
            return None
        if callable(row):
            row = row()
    return row


def _text(column, row, value):
    return conditional_escape(value) if value not in (None, "") else formats.DASH


def _link(column, row, value):
    return format_html('<a class="id" href="{}">{}</a>', row.get_absolute_url(), value or "–")


def _money(column, row, value):
    return formats.money_html(value, follow(row, column.currency) if column.currency else "")


def _person(column, row, value):
    if not value:
        return formats.DASH
    return format_html('<span class="nw">{} {}</span>', formats.face(str(value), "s"), value)


def _bool(column, row, value):
    label = format_html('<span class="sr">{}</span>', "Yes" if value else "No")
    return icons.icon("check") + label if value else formats.DASH + label


def _written(write):
    return lambda column, row, value: conditional_escape(write(value))


_DRAWINGS = {
    "text": _text,
    "link": _link,
    "money": _money,
    "person": _person,
    "bool": _bool,
    "number": _written(formats.quantity),
    "hours": _written(formats.clock),
    "percent": _written(formats.percent),
    "date": _written(formats.day),
    "moment": _written(formats.moment),
}

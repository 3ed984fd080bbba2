"""A list's records as table rows: cells drawn in Python, since a page holds hundreds of them."""

from dataclasses import dataclass
from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from agency.ui.bulk import BulkAction
from agency.ui.columns import Column, follow

PLACES = ("title", "sub", "value", "state")


@dataclass(frozen=True)
class Row:
    """One record with its drawn cells, the phone's card, and what the bulk bar asks about it."""

    record: Any
    cells: SafeString
    card: SafeString
    moves: str
    amount: str | None = None
    currency: str = ""


class RowMaker:
    """Draws the records of one list in its chosen columns."""

    def __init__(self, columns: list[Column], actions: list[BulkAction]):
        self.columns = columns
        self.actions = actions
        self.money = next((column for column in columns if column.kind == "money"), None)
        self.phone = self._places()

    def _places(self) -> dict[str, list[str]]:
        """What the phone shows where; a list that does not say: first column, first figure."""
        found = {place: [c.name for c in self.columns if c.phone == place] for place in PLACES}
        if not found["title"]:
            found["title"] = [column.name for column in self.columns[:1]]
        if not any(found[place] for place in PLACES[1:]):
            found["value"] = [column.name for column in self.columns[1:] if column.is_right][:1]
        return found

    def row(self, record) -> Row:
        cells = {column.name: column.cell(record) for column in self.columns}
        amount = self.money.raw(record) if self.money else None
        code = follow(record, self.money.currency) if self.money and self.money.currency else ""
        return Row(
            record,
            self._table_cells(cells),
            self._card(cells),
            " ".join(action.key for action in self.actions if action.offered(record)),
            None if amount is None else str(amount),
            str(code or ""),
        )

    def _table_cells(self, cells: dict[str, SafeString]) -> SafeString:
        drawn = [f'<td class="{c.cell_css}">{cells[c.name]}</td>' for c in self.columns]
        return mark_safe("".join(drawn))  # noqa: S308 - the cells are safe, the classes ours

    def _card(self, cells: dict[str, SafeString]) -> SafeString:
        """The two lines that a row becomes on a phone: title over sub, value over state."""
        title, sub, value, state = (
            mark_safe(" ".join(cells[name] for name in self.phone[place]))  # noqa: S308
            for place in PLACES
        )
        return format_html(
            '<div class="card-s"><div class="l"><div class="t">{}</div><div class="u">{}</div>'
            '</div><div class="r"><div class="num">{}</div><div class="u">{}</div></div></div>',
            title,
            sub,
            value,
            state,
        )

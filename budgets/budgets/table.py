"""The lines of a budget as its page shows them, with what belongs to no line, adding up."""

from decimal import Decimal
from typing import NamedTuple

from django.db.models import Q, Sum
from django.utils.safestring import SafeString

from agency import money
from agency.sql import cents
from budgets.budgets.models import Budget
from budgets.budgets.pills import drawn_bar
from budgets.budgets.reasons import priced
from budgets.lines.models import BudgetLine
from crm.timesheets.models import TimeEntry


class Row(NamedTuple):
    """One row, in the budget's currency, net of tax; ``line`` is None for what has no line."""

    words: str
    amount: Decimal
    minutes: int
    burned: Decimal
    invoiced: Decimal
    line: BudgetLine | None = None

    @property
    def left(self) -> Decimal:
        """What may still be logged; negative where the line is over."""
        return self.amount - self.burned

    @property
    def tone(self) -> str:
        if self.amount <= 0:
            return ""
        return "bad" if self.left < 0 else "warn" if self.left < self.amount / 5 else ""

    @property
    def bar(self) -> SafeString:
        return drawn_bar(str(self.line or "All"), self.amount, self.burned, self.invoiced)


class Table(NamedTuple):
    """The rows of the lines, the row of no line where there is one, and the sums."""

    rows: list[Row]
    other: Row | None
    total: Row


def table_of(budget: Budget, lines: list[BudgetLine]) -> Table:
    """The lines, which ``BudgetLine.objects.listing()`` gave, as a table."""
    rows = [
        Row(priced(line), line.amount, line.logged_minutes, line.burned, line.invoiced, line)
        for line in lines
    ]
    other = without_line(budget, rows)
    whole = [*rows, other]
    total = Row(
        "",
        budget.figures.agreed,
        sum(row.minutes for row in whole),
        sum((row.burned for row in whole), money.ZERO),
        budget.figures.invoiced,
    )
    is_empty = not (other.minutes or other.burned or other.invoiced)
    return Table(rows, None if is_empty else other, total)


def without_line(budget: Budget, rows: list[Row]) -> Row:
    """What is logged on the budget or invoiced from it without naming a line."""
    entries = TimeEntry.objects.approved().filter(budget=budget, budget_line=None)
    counted = Q(is_billable=True, currency=budget.currency)
    found = entries.aggregate(
        minutes=Sum("minutes", default=0),
        burned=cents(Sum("amount", filter=counted, default=money.ZERO)),
    )
    billed = sum((row.invoiced for row in rows), money.ZERO)
    invoiced = budget.figures.invoiced - billed
    return Row("", money.ZERO, found["minutes"], found["burned"], invoiced)

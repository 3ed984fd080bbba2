"""The figures of many budgets at once: one statement each for lines, time and invoices.

A subquery per row would be read again for every budget of a long list; grouped sums are read once
and merged by key, so the number of statements does not grow with the list.
"""

from collections.abc import Iterable
from decimal import Decimal
from typing import NamedTuple

from django.apps import apps
from django.db.models import Count, Q, QuerySet, Sum

from agency import money
from agency.sql import cents
from budgets.lines.models import BudgetLine
from crm.timesheets.states import TimeStatus

ENDED = Q(started_at=None) | Q(ended_at__isnull=False)
UNDECIDED = ENDED & Q(status=TimeStatus.DRAFT)
BURNED = Q(status=TimeStatus.APPROVED, is_billable=True)


class Figures(NamedTuple):
    """What a budget comes to, in its currency, net of tax; time in whole minutes.

    ``planned`` is the sum of the lines, ``burned`` approved billable time, ``waiting`` billable
    time that nobody has approved yet. Amounts in another currency are not added in.
    """

    line_count: int = 0
    planned: Decimal = money.ZERO
    total_amount: Decimal | None = None
    logged_minutes: int = 0
    unapproved_minutes: int = 0
    burned: Decimal = money.ZERO
    waiting: Decimal = money.ZERO
    invoiced: Decimal = money.ZERO

    @property
    def agreed(self) -> Decimal:
        """The budget's amount: its own total, else the sum of its lines."""
        return self.planned if self.total_amount is None else self.total_amount

    @property
    def remaining(self) -> Decimal:
        """What is left to invoice; never below zero."""
        return max(self.agreed - self.invoiced, money.ZERO)

    @property
    def uninvoiced(self) -> Decimal:
        """What is burned beyond what is invoiced; never below zero."""
        return max(self.burned - self.invoiced, money.ZERO)

    @property
    def over(self) -> Decimal:
        """What is burned beyond the budget; never below zero."""
        return max(self.burned - self.agreed, money.ZERO)

    @property
    def used_percent(self) -> Decimal | None:
        """How much of the budget is burned, in per cent; None for a budget of nothing."""
        return money.plain(self.burned * 100 / self.agreed) if self.agreed > 0 else None


class Ledger:
    """The figures of the budgets in ``chosen``: a queryset of budgets, their ids, or all."""

    def __init__(self, chosen: QuerySet | Iterable[int] | None = None) -> None:
        if isinstance(chosen, QuerySet):
            chosen = keys_of(chosen)
        self.lines = {pk: figures for pk, *figures in lines_of(chosen)}
        self.time: dict[int, list] = {}
        for pk, *figures in time_of(chosen):
            self.time.setdefault(pk, []).append(figures)
        self.invoiced: dict[tuple[int, str], Decimal] = {}
        for pk, currency, net in invoiced_of(chosen):
            self.invoiced[pk, currency] = self.invoiced.get((pk, currency), money.ZERO) + net

    def of(self, pk: int, currency: str, total_amount: Decimal | None) -> Figures:
        """The figures of one budget."""
        count, planned = self.lines.get(pk, (0, money.ZERO))
        logged = unapproved = 0
        burned = waiting = money.ZERO
        for spoken, minutes, undecided, done, undone in self.time.get(pk, ()):
            logged += minutes or 0
            unapproved += undecided or 0
            if spoken == currency:
                burned, waiting = done or money.ZERO, undone or money.ZERO
        return Figures(
            count,
            planned,
            total_amount,
            logged,
            unapproved,
            burned,
            waiting,
            self.invoiced.get((pk, currency), money.ZERO),
        )


def keys_of(budgets: QuerySet) -> QuerySet | None:
    """The keys of a queryset, to narrow others by; None where it leaves no budget out."""
    query = budgets.query
    if not query.where and not query.is_sliced:
        return None
    return (budgets if query.is_sliced else budgets.order_by()).values("pk")


def narrowed(rows: QuerySet, link: str, chosen) -> QuerySet:
    wanted = {f"{link}__isnull": False} if chosen is None else {f"{link}__in": chosen}
    return rows.filter(**wanted).order_by()


def lines_of(chosen) -> QuerySet:
    lines = narrowed(BudgetLine.objects.all(), "budget", chosen)
    return lines.values_list("budget").annotate(count=Count("pk"), planned=cents(Sum("amount")))


def time_of(chosen) -> QuerySet:
    entries = narrowed(apps.get_model("crm", "TimeEntry").objects.all(), "budget", chosen)
    return entries.values_list("budget", "currency").annotate(
        logged=Sum("minutes", filter=ENDED),
        undecided=Sum("minutes", filter=UNDECIDED),
        burned=cents(Sum("amount", filter=BURNED)),
        waiting=cents(Sum("amount", filter=UNDECIDED & Q(is_billable=True))),
    )


def invoiced_of(chosen) -> QuerySet:
    """What live invoices billed, and below zero what credit notes took back of them."""
    billed = apps.get_model("billing", "InvoiceLine").objects.counted()
    lines = narrowed(billed, "invoice__budget", chosen)
    added = lines.values_list("invoice__budget", "invoice__currency").annotate(
        invoiced=cents(Sum("net"))
    )
    given = apps.get_model("billing", "CreditNoteLine").objects.counted()
    taken = narrowed(given, "note__invoice__budget", chosen)
    return added.union(
        taken.values_list("note__invoice__budget", "note__currency").annotate(
            invoiced=-cents(Sum("net"))
        ),
        all=True,
    )

"""Budgets in the office's words."""

from collections.abc import Callable
from decimal import Decimal
from itertools import islice

from django.apps import apps
from django.db.models import F, OuterRef, Q, Value
from django.db.models.functions import Coalesce, Greatest, NullIf
from django.db.models.query import ModelIterable

from agency import money, sql
from agency.staff.scope import ScopedQuerySet
from budgets.budgets.figures import Ledger
from budgets.budgets.states import BudgetStatus, ResourceType
from budgets.lines.models import BudgetLine
from crm.timesheets.models import TimeEntry


class BudgetQuerySet(ScopedQuerySet):
    reads_figures = None  # a function that gives the ledger of a list of budgets

    def touching(self, people) -> Q:
        """Budgets that people own or made, and those above the projects and tasks they work on."""
        projects = apps.get_model("crm", "Project").objects.order_by()
        lines = BudgetLine.objects.filter(task__assignments__staff__in=people).order_by()
        return (
            Q(owner__in=people)
            | Q(created_by__in=people)
            | Q(project__in=projects.filter(projects.touching(people)).values("pk"))
            | Q(pk__in=lines.values("budget"))
        )

    def active(self):
        return self.filter(status=BudgetStatus.ACTIVE)

    def for_resource(self, kind: str | None, pk: int | None):
        """Budgets of a kind of resource, of the resource with a key, or both."""
        kinds = [kind] if kind else list(ResourceType)
        if pk is None:
            return self.filter(resource_type__in=kinds)
        column = {ResourceType.COMPANY: "customer"}
        wanted = [Q(resource_type=one, **{column.get(one, one): pk}) for one in kinds]
        return self.filter(Q(*wanted, _connector=Q.OR))

    def burned_above(self, percent: int):
        """Budgets with more than ``percent`` of their amount burned."""
        rows = self.with_column("burned_amount").with_column("budget_amount")
        limit = F("by_budget_amount") * Decimal(percent) / 100
        return rows.filter(by_budget_amount__gt=0, by_burned_amount__gt=limit)

    def matching(self, text: str):
        return self.filter(
            Q(name__icontains=text)
            | Q(po_number__icontains=text)
            | Q(customer__name__icontains=text)
        )

    def listing(self):
        return self.select_related("customer", "contact", "owner", "project", "deal").order_by(
            "-created_at", "-pk"
        )

    def with_column(self, name: str):
        """Add one of ``COLUMNS`` as the column ``by_<name>``, to sort or filter by.

        To show figures, ``with_figures`` is cheaper.
        """
        return self.annotate(**{f"by_{name}": COLUMNS[name]()})

    # -- figures of the rows that are read -------------------------------------------------------
    def with_figures(self, read: Callable | None = None):
        """Read ``figures`` for all rows in three further statements, however many rows.

        ``read`` gives the ledger of the budgets that it is called with, where one exists already.
        """
        clone = self._chain()
        clone.reads_figures = read or ledger_of
        return clone

    def _clone(self):
        clone = super()._clone()
        clone.reads_figures = self.reads_figures
        return clone

    @property
    def _attaches(self) -> bool:
        return self.reads_figures is not None and self._iterable_class is ModelIterable

    def _fetch_all(self):
        fresh = self._result_cache is None
        super()._fetch_all()
        if fresh and self._attaches:
            attach(self._result_cache, self.reads_figures)

    def iterator(self, chunk_size=2000):
        rows = super().iterator(chunk_size)
        return attached(rows, chunk_size) if self._attaches else rows


def ledger_of(budgets: list) -> Ledger:
    return Ledger([budget.pk for budget in budgets])


def attach(budgets: list, read: Callable) -> None:
    """Give each budget its ``figures``."""
    if not budgets:
        return
    ledger = read(budgets)
    for budget in budgets:
        budget.figures = ledger.of(budget.pk, budget.currency, budget.total_amount)


def attached(rows, size: int):
    """The rows with their figures, a part at a time, so that an export stays flat in memory."""
    while part := list(islice(rows, size)):
        attach(part, ledger_of)
        yield from part


def planned():
    return sql.sum_of(BudgetLine.objects.all(), "budget", "amount")


def burned():
    entries = TimeEntry.objects.burned().filter(currency=OuterRef("currency"))
    return sql.sum_of(entries, "budget", "amount")


def invoiced():
    """What live invoices billed, less what credit notes took back of them."""
    billed = apps.get_model("billing", "InvoiceLine").objects.counted()
    billed = billed.filter(invoice__currency=OuterRef("currency"))
    given = apps.get_model("billing", "CreditNoteLine").objects.counted()
    given = given.filter(note__currency=OuterRef("currency"))
    billed_net = sql.sum_of(billed, "invoice__budget", "net")
    return sql.cents(billed_net - sql.sum_of(given, "note__invoice__budget", "net"))


def agreed():
    return Coalesce(F("total_amount"), planned(), output_field=sql.MONEY)


def remaining():
    return Greatest(sql.cents(agreed() - invoiced()), money.ZERO, output_field=sql.MONEY)


def used():
    """Burned as a part of the agreed amount; 0 for a budget of nothing."""
    part = burned() / NullIf(agreed(), Value(money.ZERO))
    return Coalesce(part, money.ZERO, output_field=sql.MONEY)


# Figures that a list may be sorted or filtered by; each becomes the column ``by_<name>``.
COLUMNS = {
    "line_item_count": lambda: sql.count_of(BudgetLine.objects.all(), "budget"),
    "spent_amount": planned,
    "logged_hours": lambda: sql.minutes_of(TimeEntry.objects.ended(), "budget"),
    "unapproved_hours": lambda: sql.minutes_of(TimeEntry.objects.unapproved(), "budget"),
    "burned_amount": burned,
    "invoiced_amount": invoiced,
    "budget_amount": agreed,
    "remaining_amount": remaining,
    "used": used,
}
FIGURES = tuple(name for name in COLUMNS if name != "used")  # those that the API shows

"""The work that lines bill: time entries and expenses, each on one live line at most."""

from collections.abc import Iterable, Sequence

from django.apps import apps
from django.db.models import Case, QuerySet, Value, When
from django.utils import timezone

from agency import money
from agency.records.history import event, record_all
from billing.expenses.models import Expense
from billing.invoices.models import Invoice, InvoiceLine
from billing.lines import pricing


def time_entries() -> QuerySet:
    return apps.get_model("crm", "TimeEntry").objects.all()


def bill(lines: Sequence[InvoiceLine], work: Sequence[Iterable]) -> None:
    """Mark the rows of ``work`` as billed by the line beside them, in one statement.

    The rows are all time entries or all expenses; the caller has locked them.
    """
    pairs = [(line, list(rows)) for line, rows in zip(lines, work, strict=True)]
    rows = [row for _, billed in pairs for row in billed]
    if not rows:
        return
    cases = [
        When(pk__in=[row.pk for row in billed], then=Value(line.pk))
        for line, billed in pairs
        if billed
    ]
    chosen = type(rows[0]).objects.filter(pk__in=[row.pk for row in rows])
    chosen.update(invoice_line=Case(*cases), updated_at=timezone.now())


def bills_time(invoice: Invoice) -> bool:
    return time_entries().filter(invoice_line__invoice=invoice).exists()


def bills_expenses(invoice: Invoice) -> bool:
    return Expense.objects.filter(invoice_line__invoice=invoice).exists()


def release(lines: QuerySet, *, by) -> None:
    """Free what ``lines`` billed; fixed amounts are free once the invoice no longer counts.

    The caller holds the lock of their invoice.
    """
    time_entries().filter(invoice_line__in=lines).update(
        invoice_line=None, updated_at=timezone.now()
    )
    passed_on = Expense.objects.filter(invoice_line__in=lines).select_related("category")
    release_expenses(passed_on.select_related("invoice_line__invoice"), by=by)


def release_expenses(expenses: Iterable[Expense], *, by) -> None:
    """Free expenses, and note in their history which invoice let go of them."""
    found = list(expenses)
    if not found:
        return
    freed = Expense.objects.filter(pk__in=[expense.pk for expense in found])
    freed.update(invoice_line=None, updated_at=timezone.now())
    record_all([event(one, "released", by=by, invoice=[named(one.invoice), None]) for one in found])


def named(invoice: Invoice) -> dict:
    return {"id": invoice.pk, "name": str(invoice)}


def follow_fixed_cost(invoice: Invoice) -> None:
    """Hold a fixed cost to its line, and the time to it; without that line the time counts again.

    The lines are saved, the invoice is not.
    """
    if invoice.fixed_cost is None:
        return
    line = invoice.lines.filter(is_fixed_cost=True).first()
    invoice.fixed_cost = None if line is None else pricing.amount_of(line, invoice.currency)
    price_time(invoice)


def price_time(invoice: Invoice) -> None:
    """Give the lines of time their price, or none while a fixed cost stands for it.

    The caller adds the invoice up afterwards.
    """
    of_time = invoice.lines.filter(time_entries__isnull=False).distinct()
    for line in of_time.prefetch_related("time_entries"):
        entries = list(line.time_entries.all())
        is_free = invoice.fixed_cost is not None
        line.is_summed = True
        line.unit_price = money.ZERO if is_free else entries[0].rate
        amounts = (entry.amount for entry in entries)
        line.amount = money.ZERO if is_free else sum(amounts, money.ZERO)
        line.save(update_fields=["is_summed", "unit_price", "amount", "updated_at"])

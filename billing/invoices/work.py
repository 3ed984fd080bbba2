"""The work that lines bill: time entries and expenses, each on one live line at most."""

from collections.abc import Iterable, Sequence

from django.apps import apps
from django.db.models import Case, QuerySet, Value, When
from django.utils import timezone

from agency.records.history import event, record_all
from billing.expenses.models import Expense
from billing.invoices.models import Invoice, InvoiceLine


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

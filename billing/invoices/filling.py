"""Puts chosen time and expenses on a draft, each on a line of its own, and takes them off again.

Time need not be approved to be chosen by hand; like all work it is billed once.
"""

from collections.abc import Iterable

from django.db import transaction
from django.db.models import Max, Q, QuerySet
from django.utils import timezone

from agency import money
from agency.errors import BusinessError, ConflictError
from agency.records.history import event, record_all
from agency.sql import insert_all
from billing.expenses import operations as expense_operations
from billing.expenses.models import Expense
from billing.invoices import from_budget, line_operations, totals, work
from billing.invoices.models import Invoice, InvoiceLine
from billing.lines import taxes
from crm.models import TimeEntry
from crm.timesheets import guards
from crm.timesheets.states import TimeStatus


# -- what may be chosen ------------------------------------------------------------------------
def entries_for(invoice: Invoice, *, by) -> QuerySet:
    """The time that ``by`` sees and may put on the invoice, newest first."""
    rows = TimeEntry.objects.listing().visible_to(by).ended().billable().uninvoiced()
    return rows.exclude(status=TimeStatus.REJECTED).filter(fits(invoice))


def expenses_for(invoice: Invoice, *, by) -> QuerySet:
    """The expenses that ``by`` sees and may put on the invoice, newest first."""
    return Expense.objects.listing().visible_to(by).to_invoice().filter(fits(invoice))


def fits(invoice: Invoice) -> Q:
    """Work for the invoice's customer, without one for its project, in its currency."""
    if invoice.customer_id is not None:
        return Q(currency=invoice.currency, customer=invoice.customer_id)
    if invoice.project_id is not None:
        return Q(currency=invoice.currency, customer=None, project=invoice.project_id)
    return Q(pk__in=[])


def require_fit(invoice: Invoice, row) -> None:
    wanted = invoice.customer_id or invoice.project_id
    found = row.customer_id if invoice.customer_id else row.project_id
    if wanted is None or wanted != found:
        raise BusinessError(f"“{row}” is not for the company of this invoice.")
    if row.currency != invoice.currency:
        raise BusinessError(f"“{row}” is in {row.currency}, the invoice in {invoice.currency}.")
    if not row.is_billable:
        raise BusinessError(f"“{row}” is not billable.")
    if row.invoice_line_id is not None:
        raise ConflictError(f"“{row}” is on an invoice already.")


# -- adding ------------------------------------------------------------------------------------
@transaction.atomic
def add(
    invoice: Invoice,
    *,
    by,
    entries: Iterable[TimeEntry] = (),
    expenses: Iterable[Expense] = (),
    untaxed: bool = False,
) -> Invoice:
    """Add a line for each time entry and each expense, after those that are there.

    Time is r(minutes / 60 × its rate) with the usual tax; an expense its amount with its own tax;
    ``untaxed`` lines bear none. Raises ``StateError`` unless the invoice is a draft,
    ``ConflictError`` for what is billed already, ``BusinessError`` for what does not fit.
    """
    invoice = line_operations.draft(invoice)
    entries = guards.locked(entries, "task", "budget_line")
    expenses = expense_operations.locked_all(expenses)
    for row in [*entries, *expenses]:
        require_fit(invoice, row)
    for entry in entries:
        require_billable_state(entry)
    of_time = [time_line(invoice, entry, untaxed=untaxed) for entry in entries]
    of_expenses = [expense_line(invoice, one, untaxed=untaxed) for one in expenses]
    lines = [*of_time, *of_expenses]
    if not lines:
        return invoice
    append(invoice, lines)
    work.bill(of_time, [[entry] for entry in entries])
    work.bill(of_expenses, [[expense] for expense in expenses])
    totals.recalculate(invoice)
    tell(invoice, "line_item_added", [[None, facts] for facts in shown(invoice, lines)], by=by)
    on_it = {"invoice": [None, work.named(invoice)]}
    record_all([event(expense, "invoiced", by=by, **on_it) for expense in expenses])
    return invoice


def require_billable_state(entry: TimeEntry) -> None:
    guards.require_stopped(entry)
    if entry.status == TimeStatus.REJECTED:
        raise ConflictError(f"“{entry}” was sent back; it cannot be billed.")


def time_line(invoice: Invoice, entry: TimeEntry, *, untaxed: bool) -> InvoiceLine:
    code, rate = taxes.none() if untaxed else taxes.usual()
    line = entry.budget_line if entry.budget_id == invoice.budget_id else None
    return InvoiceLine(
        description=entry.description or (entry.task.title if entry.task else "Time"),
        long_description=f"{entry.staff}, {entry.date:%-d %B %Y}",
        quantity=from_budget.hours_of([entry]),
        unit="hour",
        unit_price=entry.rate,
        is_summed=True,
        amount=money.time_amount(entry.minutes, entry.rate, entry.currency),
        tax_type=code,
        tax_rate=rate,
        budget_line=line,
        service_type_id=line.service_type_id if line else None,
    )


def expense_line(invoice: Invoice, expense: Expense, *, untaxed: bool) -> InvoiceLine:
    """With prices that include tax, the price is the expense's total."""
    code, rate = expense.tax_type, expense.tax_rate
    if untaxed or not code:
        code, rate = taxes.none()
    taxed = invoice.prices_include_tax and not untaxed
    return InvoiceLine(
        description=str(expense),
        long_description=expense.description,
        unit_price=expense.total if taxed else expense.amount,
        tax_type=code,
        tax_rate=rate,
    )


def append(invoice: Invoice, lines: list[InvoiceLine]) -> None:
    last = invoice.lines.aggregate(last=Max("position"))["last"]
    first = 0 if last is None else last + 1
    for place, line in enumerate(lines, start=first):
        line.invoice, line.position = invoice, place
    insert_all(lines)


def shown(invoice: Invoice, lines: list[InvoiceLine]) -> list[dict]:
    """The facts of lines as they stand now, in their order."""
    rows = invoice.lines.filter(pk__in=[line.pk for line in lines]).order_by("position", "pk")
    return [line_operations.facts(row) for row in rows]


def tell(invoice: Invoice, verb: str, changes: list, *, by) -> None:
    record_all([event(invoice, verb, by=by, line=change) for change in changes])


# -- taking off --------------------------------------------------------------------------------
@transaction.atomic
def remove(
    invoice: Invoice,
    *,
    by,
    entries: Iterable[TimeEntry] = (),
    expenses: Iterable[Expense] = (),
) -> Invoice:
    """Take time and expenses off a draft; they can be invoiced again.

    A line that bills nothing else goes with them; a line of several entries is left with the sum
    of the others. Raises ``ConflictError`` for what is not on this invoice, and for one of several
    entries whose line was priced by hand.
    """
    invoice = line_operations.draft(invoice)
    entries = guards.locked(entries)
    expenses = expense_operations.locked_all(expenses)
    chosen = {row.invoice_line_id for row in [*entries, *expenses]}
    lines = invoice.lines.filter(pk__in=chosen).in_bulk()
    for row in [*entries, *expenses]:
        if row.invoice_line_id not in lines:
            raise ConflictError(f"“{row}” is not on this invoice.")
    if not lines:
        return invoice
    before = {pk: line_operations.facts(line) for pk, line in lines.items()}
    gone = [pk for pk, line in lines.items() if not shrunk(line, entries)]
    work.release(invoice.lines.filter(pk__in=gone), by=by)
    invoice.lines.filter(pk__in=gone).delete()
    totals.recalculate(invoice)
    tell(invoice, "line_item_removed", [[before[pk], None] for pk in gone], by=by)
    kept = shown(invoice, [line for pk, line in lines.items() if pk not in gone])
    pairs = [[before[facts["id"]], facts] for facts in kept]
    tell(invoice, "line_item_updated", pairs, by=by)
    return invoice


def shrunk(line: InvoiceLine, entries: list[TimeEntry]) -> bool:
    """Leave a line with those of its entries that stay; False where none of them does."""
    taken = [entry.pk for entry in entries if entry.invoice_line_id == line.pk]
    rest = list(line.time_entries.exclude(pk__in=taken)) if taken else []
    if not rest:
        return False
    if not line.is_summed:
        raise ConflictError(f"“{line}” was priced by hand: change or remove the line itself.")
    line.quantity = from_budget.hours_of(rest)
    line.amount = sum((entry.amount for entry in rest), money.ZERO)
    line.save(update_fields=["quantity", "amount", "updated_at"])
    TimeEntry.objects.filter(pk__in=taken).update(invoice_line=None, updated_at=timezone.now())
    return True

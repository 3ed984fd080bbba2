"""One amount that stands for all time on an invoice: the time is billed with it, at no price."""

from decimal import Decimal

from django.db import transaction
from django.db.models import Max

from agency import money
from agency.errors import BusinessError
from agency.records.history import record
from billing.invoices import line_operations, totals, work
from billing.invoices.models import Invoice, InvoiceLine
from billing.lines import taxes

USUAL_TEXT = "Fixed cost"


@transaction.atomic
def fix(invoice: Invoice, cost: Decimal | None, *, by) -> Invoice:
    """Let ``cost``, in the invoice's currency and without tax, stand for the time of a draft.

    None counts the time itself again. Raises ``StateError`` unless the invoice is a draft.
    """
    invoice = line_operations.draft(invoice)
    before = invoice.fixed_cost
    if before == cost:
        return invoice
    if cost is not None and (cost < 0 or cost != money.rounded(cost, invoice.currency)):
        places = money.decimals(invoice.currency)
        message = f"A cost in {invoice.currency} is not below zero and has {places} decimals."
        raise BusinessError(message, field="fixed_cost")
    invoice.fixed_cost = cost
    invoice.lines.filter(is_fixed_cost=True).delete()
    if cost is not None:
        line_of(invoice).save(force_insert=True)
    work.price_time(invoice)
    totals.recalculate(invoice, also=["fixed_cost"])
    record(invoice, "updated", by=by, fixed_cost=[before, cost])
    return invoice


def line_of(invoice: Invoice) -> InvoiceLine:
    last = invoice.lines.aggregate(last=Max("position"))["last"]
    code, rate = taxes.none()
    return InvoiceLine(
        invoice=invoice,
        description=invoice.subject or USUAL_TEXT,
        unit_price=invoice.fixed_cost,
        tax_type=code,
        tax_rate=rate,
        is_fixed_cost=True,
        position=0 if last is None else last + 1,
    )

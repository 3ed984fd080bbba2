"""What becomes of an invoice here once Xero has taken the step."""

from collections.abc import Callable

from django.db import transaction

from agency.records.history import record
from billing.bookkeeping.models import Difference, Posting
from billing.invoices import operations as invoices
from billing.invoices.models import Invoice
from billing.invoices.states import InvoiceStatus

# What issuing had set, and how it was before.
UNISSUED: dict[str, Callable[[], object]] = {
    "snapshot": dict,
    "base_currency": str,
    "exchange_rate": lambda: None,
    "exchange_rate_on": lambda: None,
    "base_total": lambda: None,
    "finalised_at": lambda: None,
    "approved_at": lambda: None,
}
UNLINKED = {"xero_invoice_id": None, "xero_status": "", "xero_synced_at": None}


@transaction.atomic
def sent(invoice: Invoice, *, by) -> Invoice:
    """Note that Xero has mailed it; a finalised one is approved on the way."""
    invoice = invoices.locked(invoice)
    if invoice.status == InvoiceStatus.FINALISED:
        invoice = invoices.move(invoice, InvoiceStatus.APPROVED, by=by)
    if invoice.status != InvoiceStatus.SENT:
        invoice = invoices.move(invoice, InvoiceStatus.SENT, by=by)
    record(invoice, "mailed_by_xero", by=by)
    return invoice


@transaction.atomic
def withdraw(invoice: Invoice, *, by) -> Invoice:
    """Make it a draft again that Xero does not know; its number stays its own."""
    invoice = invoices.locked(invoice)
    if not invoice.xero_invoice_id:
        return invoice
    before, xero_id = invoice.status, invoice.xero_invoice_id
    for name, value in UNLINKED.items():
        setattr(invoice, name, value)
    for name, empty in UNISSUED.items():
        setattr(invoice, name, empty())
    invoice.status = InvoiceStatus.DRAFT
    invoice.save(update_fields=["status", *UNLINKED, *UNISSUED, "updated_at"])
    invoice.lines.update(xero_line_id="")
    postings = Posting.objects.filter(kind=Posting.Kind.INVOICE, record_id=invoice.pk)
    postings.update(state=Posting.State.WITHDRAWN, xero_id="", message="", differs_in={})
    Difference.objects.filter(invoice=invoice).delete()
    steps = {"status": [before, invoice.status], "xero_invoice_id": [xero_id, None]}
    record(invoice, "deleted_in_xero", by=by, **steps)
    return invoice

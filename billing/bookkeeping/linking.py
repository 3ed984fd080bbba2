"""Tie an invoice to one that Xero has, or let go of it."""

from django.db import IntegrityError, transaction

from agency.errors import ConflictError
from agency.records.history import record
from billing.bookkeeping import comparing, syncing
from billing.bookkeeping.models import ContactLink, Difference, Posting
from billing.invoices import operations as invoices
from billing.invoices.models import Invoice
from billing.xero import gateway
from billing.xero.values import RemoteInvoice


def link(invoice: Invoice, xero_id: str, *, by) -> Invoice:
    """Link to an invoice that Xero has: contact and total agree, and nothing else is linked to it.

    Raises ``ConflictError`` where that is not so. Asks Xero, so never inside a transaction.
    """
    remote = gateway.gateway().invoice(xero_id)
    with transaction.atomic():
        invoice = invoices.locked(invoice)
        require_fit(invoice, remote)
        before, invoice.xero_invoice_id = invoice.xero_invoice_id, remote.id
        try:
            with transaction.atomic():
                invoice.save(update_fields=["xero_invoice_id", "updated_at"])
        except IntegrityError:
            raise ConflictError("Another invoice is linked to that one in Xero.") from None
        record(invoice, "xero_linked", by=by, xero_invoice_id=[before, remote.id])
    return syncing.apply(invoice, remote, by=by).invoice


def require_fit(invoice: Invoice, remote: RemoteInvoice) -> None:
    if invoice.xero_invoice_id:
        raise ConflictError(f"{invoice} is linked to an invoice in Xero already.")
    if remote.type != "ACCREC":
        raise ConflictError("That is no sales invoice in Xero.")
    if (invoice.total, invoice.currency) != (remote.total, remote.currency):
        theirs = comparing.words(remote.total, remote.currency)
        raise ConflictError(f"Its total in Xero is {theirs}.")
    tie = ContactLink.objects.filter(customer=invoice.customer_id, state=ContactLink.State.LINKED)
    if tie.exists() and not tie.filter(contact_id=remote.contact_id).exists():
        raise ConflictError(f"In Xero it is addressed to {remote.contact_name}.")


@transaction.atomic
def unlink(invoice: Invoice, *, by) -> Invoice:
    """Let go of the invoice in Xero: nothing changes there, and here it may be sent anew."""
    invoice = invoices.locked(invoice)
    if not invoice.xero_invoice_id:
        return invoice
    before = invoice.xero_invoice_id
    invoice.xero_invoice_id, invoice.xero_status, invoice.xero_synced_at = None, "", None
    fields = ["xero_invoice_id", "xero_status", "xero_synced_at", "updated_at"]
    invoice.save(update_fields=fields)
    invoice.lines.update(xero_line_id="")
    Posting.objects.filter(kind=Posting.Kind.INVOICE, record_id=invoice.pk).delete()
    Difference.objects.filter(invoice=invoice).delete()
    record(invoice, "xero_unlinked", by=by, xero_invoice_id=[before, None])
    return invoice

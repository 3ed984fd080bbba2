"""Try once more what Xero refused of one of our documents, once its cause is mended."""

from agency.errors import NotAllowedError, StateError
from billing.bookkeeping import paying, pushing
from billing.bookkeeping.models import Posting
from billing.invoices.models import Invoice
from billing.payments.models import Payment

TRIED = {Posting.Kind.INVOICE, Posting.Kind.PAYMENT}


def retry(posting: Posting, *, by) -> None:
    """Ask for another attempt in the background; part of the caller's transaction."""
    if not can_retry(posting):
        raise StateError(f"{posting}: there is nothing to try again.")
    payment = None
    if posting.kind == Posting.Kind.PAYMENT:
        payment = Payment.objects.select_related("invoice").get(pk=posting.record_id)
    key = payment.invoice_id if payment else posting.record_id
    invoice = Invoice.objects.visible_to(by).filter(pk=key).first()
    if invoice is None:
        raise NotAllowedError("This invoice is not yours to see.")
    if payment:
        paying.ask(payment, by=by)
    else:
        pushing.ask(invoice, by=by)


def can_retry(posting: Posting) -> bool:
    """Whether it needs attention, and is of a kind that is sent from here."""
    return posting.state == Posting.State.ATTENTION and posting.kind in TRIED

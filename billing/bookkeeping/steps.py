"""Carries one invoice into Xero, exactly once, in steps that may each be the last of a worker.

Before anything is made, Xero is asked for the invoice by its number: whatever a worker did before
it died, or an answer that got lost, is found there. The key of the call is kept in the row before
the call: within Xero's six minutes the same call again is the same call
(developer.xero.com/documentation/guides/idempotent-requests/idempotency). No transaction is open
while Xero is asked.
"""

from datetime import timedelta

from agency.errors import ConflictError
from agency.records.outbox import operations as outbox
from billing.bookkeeping import composing, contacts, posted
from billing.bookkeeping.models import Posting
from billing.bookkeeping.settling import GONE
from billing.invoices.models import Invoice
from billing.xero import gateway
from billing.xero import values as v
from billing.xero.errors import LimitedError, NotConnectedError, RefusedError
from billing.xero.models import Connection

State = Posting.State
LEASE = timedelta(minutes=5)  # longer than all calls of one delivery with their time-outs
WAIT_FOR_CONNECTION = 600  # seconds between two looks whether Xero is connected again


@outbox.handler("xero.push", lease=LEASE, given_up=posted.given_up)
def carry_out(effect) -> None:
    """Take the posting of an effect as far as it goes."""
    posting = Posting.objects.filter(pk=effect.payload["id"]).first()
    if posting is None or posting.state in {State.DONE, State.WITHDRAWN}:
        return
    try:
        carry_on(posting)
    except LimitedError as error:
        raise outbox.NotNowError(str(error), seconds=error.retry_after) from error
    except NotConnectedError as error:
        raise outbox.NotNowError(str(error), seconds=WAIT_FOR_CONNECTION) from error
    except RefusedError as error:
        posted.refuse(posting, error)
        raise


def carry_on(posting: Posting) -> None:
    """From wherever it stands: into Xero where it is not there, then check what became of it."""
    way = gateway.gateway()
    if way.tenant_id != posting.tenant_id:
        raise ConflictError("Another organisation is connected than the one it was sent to.")
    invoice = Invoice.objects.select_related("customer").get(pk=posting.record_id)
    xero_id = posting.xero_id or invoice.xero_invoice_id
    if not xero_id:
        xero_id = brought(invoice, posting, way)
    posted.check(posting, way.invoice(xero_id))


def brought(invoice: Invoice, posting: Posting, way: gateway.Gateway) -> str:
    """Xero's id of the invoice, which is found there, or made."""
    contact_id = contacts.contact_of(invoice.customer, way)
    connection = Connection.objects.usable().get()
    draft = composing.draft(invoice, contact_id, composing.books(connection))
    remote = found(draft, posting, way) or made(draft, posting, way)
    posted.keep_id(posting, remote)
    return remote.id


def made(draft: v.InvoiceDraft, posting: Posting, way: gateway.Gateway) -> v.RemoteInvoice:
    """Make it. A refusal may be the echo of a worker that was faster: look once more."""
    posted.begin(posting, composing.digest(draft))
    try:
        return way.create_invoice(draft, key=posted.key_of(posting))
    except RefusedError:
        remote = found(draft, posting, way)
        if remote is None:
            raise
        return remote


def found(draft: v.InvoiceDraft, posting: Posting, way: gateway.Gateway) -> v.RemoteInvoice | None:
    """The invoice that bears our number in Xero, where it is ours; raises where it is not."""
    standing = [one for one in way.invoices_by_number(draft.number) if one.status not in GONE]
    if not standing:
        return None
    if len(standing) > 1 or not is_ours(standing[0], draft, posting):
        theirs = standing[0]
        raise ConflictError(
            f"Xero already has an invoice with this number: {theirs.number} to"
            f" {theirs.contact_name}, {theirs.currency} {theirs.total:f}, {theirs.status}."
        )
    return standing[0]


def is_ours(remote: v.RemoteInvoice, draft: v.InvoiceDraft, posting: Posting) -> bool:
    """Whether contact, currency and sums agree, and nothing else here is linked to it."""
    rates = composing.rates()
    there = composing.Sums(remote.subtotal, remote.tax, remote.total)
    return (
        remote.contact_id == draft.contact_id
        and remote.currency == draft.currency
        and there == composing.predicted(draft, rates)
        and not posted.is_taken(remote.id, posting)
    )

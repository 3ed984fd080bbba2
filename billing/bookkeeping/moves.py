"""Steps of a linked invoice that Xero takes first: approve, send, void, delete.

Each looks at what Xero has before it asks, so that a step whose answer was lost counts as done;
then Xero takes it, what became of it is read again, and only then it is written here. Where a
worker dies between the two, doing it again heals it. No transaction is open while Xero is asked.
Which step Xero allows: developer.xero.com/documentation/api/accounting/types, invoice status codes.
"""

from agency.errors import ConflictError, StateError
from agency.records import channel
from agency.reference import organisation
from billing.bookkeeping import operations, posted
from billing.bookkeeping.composing import digest_of
from billing.bookkeeping.settling import GONE
from billing.bookkeeping.syncing import linked
from billing.invoices import books
from billing.invoices import operations as invoices
from billing.invoices.models import Invoice
from billing.invoices.states import INVOICE_WORKFLOW, InvoiceStatus
from billing.xero import gateway
from billing.xero import values as v

S = InvoiceStatus
THROUGH = "Xero"
APPROVED = {"AUTHORISED", "PAID"}
DRAFTS = {"DRAFT", "SUBMITTED"}


def ask(invoice: Invoice, target: str, *, by) -> None:
    """Have Xero take the step that a linked invoice is about to take here, or raise."""
    if target in {S.APPROVED, S.SENT}:
        authorise(invoice)
    elif target in {S.VOIDED, books.DELETED}:
        take_out(invoice)


# -- the steps as Xero takes them -----------------------------------------------------------------
def authorise(invoice: Invoice) -> None:
    """DRAFT or SUBMITTED becomes AUTHORISED; one that is out already is left alone."""
    way, remote = looked_up(invoice)
    if remote.status in DRAFTS:
        remote = stepped(invoice, remote, "AUTHORISED", way)
    require(remote, APPROVED, "approved")
    posted.follow(invoice, remote)


def take_out(invoice: Invoice) -> None:
    """AUTHORISED becomes VOIDED, a draft DELETED; a closed period or money on it forbids both."""
    invoices.require_unsettled(invoice, "voided")
    organisation.require_open(invoice.issued_on, field="issued_on")
    way, remote = looked_up(invoice)
    if remote.status not in GONE:
        target = "DELETED" if remote.status in DRAFTS else "VOIDED"
        remote = stepped(invoice, remote, target, way)
    require(remote, GONE, "voided")
    posted.follow(invoice, remote)


def looked_up(invoice: Invoice) -> tuple[gateway.Gateway, v.RemoteInvoice]:
    """The way to Xero, and what it has of a linked invoice."""
    way = gateway.gateway()
    return way, way.invoice(linked(invoice))


def stepped(
    invoice: Invoice, remote: v.RemoteInvoice, status: str, way: gateway.Gateway
) -> v.RemoteInvoice:
    """Ask for a status. The key holds the version that was read: later it is another question."""
    key = digest_of(["status", way.tenant_id, str(invoice.pk), status, str(remote.updated_at)])
    return way.set_invoice_status(remote.id, status, key=key)


def require(remote: v.RemoteInvoice, wanted: set[str], words: str) -> None:
    if remote.status not in wanted:
        raise ConflictError(f"Xero has not {words} it: it is {remote.status} there.")


# -- the steps as people take them ----------------------------------------------------------------
def approve(invoice: Invoice, *, by) -> Invoice:
    """Approve in Xero, then here."""
    return both(invoice, S.APPROVED, by=by)


def void(invoice: Invoice, *, by) -> Invoice:
    """Void in Xero, where a draft is deleted, then here."""
    return both(invoice, S.VOIDED, by=by)


def both(invoice: Invoice, target: str, *, by) -> Invoice:
    """Take a step there, then here; one that only Xero has yet to take is taken there."""
    linked(invoice)
    invoices.require_right(target, by=by)
    if invoice.status != target:
        INVOICE_WORKFLOW.require(invoice.status, target)
    ask(invoice, target, by=by)
    with channel.through(THROUGH):
        return here(invoice, target, by=by)


def here(invoice: Invoice, target: str, *, by) -> Invoice:
    """The step in our own records; one that was taken meanwhile stays taken."""
    now = Invoice.objects.get(pk=invoice.pk)
    return now if now.status == target else invoices.move(now, target, by=by)


def send(invoice: Invoice, *, by) -> Invoice:
    """Have Xero mail it to the contact, then mark it as sent; it must be approved there.

    The key stays the same until the sending is noted here, so a lost answer is no second mail.
    """
    linked(invoice)
    invoices.require_right(S.SENT, by=by)
    if invoice.status not in {S.FINALISED, S.APPROVED, S.SENT}:
        INVOICE_WORKFLOW.require(invoice.status, S.SENT)
        raise StateError(f"{invoice} is {invoice.status}: finalise it first.", field="status")
    way, remote = looked_up(invoice)
    if remote.status not in APPROVED:
        raise ConflictError(f"{invoice} is {remote.status} in Xero: approve it there first.")
    key = digest_of(["email", way.tenant_id, str(invoice.pk), str(invoice.sent_at)])
    way.email_invoice(remote.id, key=key)
    posted.follow(invoice, remote)
    with channel.through(THROUGH):
        return operations.sent(invoice, by=by)


def delete(invoice: Invoice, *, by) -> Invoice:
    """Delete a draft in Xero; here it is a draft again, with its number, and linked to nothing."""
    invoices.require_right(S.APPROVED, by=by)  # manage, as all that touches the books
    linked(invoice)
    require_never_sent(invoice)
    way, remote = looked_up(invoice)
    if remote.status not in DRAFTS | {"DELETED"}:
        raise ConflictError(f"{invoice} is {remote.status} in Xero, not a draft: void it instead.")
    if remote.status in DRAFTS:
        remote = stepped(invoice, remote, "DELETED", way)
    require(remote, {"DELETED"}, "deleted")
    with channel.through(THROUGH):
        return operations.withdraw(invoice, by=by)


def require_never_sent(invoice: Invoice) -> None:
    """What the client may have seen does not become a draft again."""
    if invoice.sent_at or invoice.status not in {S.DRAFT, S.FINALISED, S.APPROVED}:
        raise StateError(f"{invoice} was sent: void it instead.", field="status")
    invoices.require_unsettled(invoice, "taken back")
    organisation.require_open(invoice.issued_on, field="issued_on")

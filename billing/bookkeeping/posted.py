"""What is kept of an invoice's way into Xero; each function is one transaction."""

from django.db import IntegrityError, transaction
from django.utils import timezone

from agency import money
from agency.errors import ConflictError
from agency.records.history import record
from billing.bookkeeping import composing
from billing.bookkeeping.models import Posting
from billing.invoices.models import Invoice, InvoiceLine
from billing.xero import values as v
from billing.xero.errors import RefusedError

State = Posting.State
WORDS = {
    "number": "number",
    "contact": "contact",
    "currency": "currency",
    "subtotal": "sum without tax",
    "tax": "tax",
    "total": "total",
}


def of(invoice: Invoice) -> Posting | None:
    """The posting of an invoice, where it was ever asked for."""
    return Posting.objects.filter(kind=Posting.Kind.INVOICE, record_id=invoice.pk).first()


def locked(posting: Posting) -> Posting:
    return Posting.objects.select_for_update().get(pk=posting.pk)


def key_of(posting: Posting) -> str:
    """The idempotency key: what is done, to which record, which version of it, where."""
    return composing.digest_of(
        [posting.kind, str(posting.record_id), str(posting.version), posting.tenant_id]
    )


def is_taken(xero_id: str, posting: Posting) -> bool:
    """Whether another record of ours is linked to that id."""
    invoices = Invoice.objects.filter(xero_invoice_id=xero_id).exclude(pk=posting.record_id)
    postings = Posting.objects.filter(kind=posting.kind, xero_id=xero_id).exclude(pk=posting.pk)
    return invoices.exists() or postings.exists()


@transaction.atomic
def begin(posting: Posting, digest: str) -> None:
    """Note that a create is about to be tried, under a key of its own for other content."""
    now = locked(posting)
    if now.state in {State.DONE, State.WITHDRAWN} or now.xero_id:
        raise ConflictError("Another worker was faster.")
    if digest != now.payload_hash and now.payload_hash:
        now.version += 1
    now.payload_hash, now.state, now.sent_at = digest, State.SENDING, timezone.now()
    now.save(update_fields=["version", "payload_hash", "state", "sent_at", "updated_at"])
    posting.version = now.version


def keep_id(posting: Posting, remote: v.RemoteInvoice) -> None:
    """Link the invoice: its id in Xero is known from now on, whatever comes."""
    try:
        with transaction.atomic():
            invoice = Invoice.objects.select_for_update(of=("self",)).get(pk=posting.record_id)
            if invoice.xero_invoice_id and invoice.xero_invoice_id != remote.id:
                raise ConflictError(f"{invoice} is linked to another invoice in Xero.")
            is_new = not invoice.xero_invoice_id
            note(invoice, remote)
            values = {"state": State.SENT, "xero_id": remote.id, "message": ""}
            Posting.objects.filter(pk=posting.pk).update(updated_at=timezone.now(), **values)
            if is_new:
                told = {"xero_invoice_id": [None, remote.id], "xero_status": remote.status}
                record(invoice, "pushed_to_xero", by=None, **told)
    except IntegrityError:
        raise ConflictError("Another invoice here is linked to that one in Xero.") from None


def note(invoice: Invoice, remote: v.RemoteInvoice) -> None:
    """What Xero says of a linked invoice: id, status and its lines' ids."""
    invoice.xero_invoice_id, invoice.xero_status = remote.id, remote.status
    invoice.xero_synced_at = timezone.now()
    fields = ["xero_invoice_id", "xero_status", "xero_synced_at", "updated_at"]
    invoice.save(update_fields=fields)
    lines = list(invoice.lines.order_by("position", "pk"))
    if len(remote.lines) >= len(lines):  # an adjustment is one more there
        for line, theirs in zip(lines, remote.lines, strict=False):
            line.xero_line_id = theirs.id
        InvoiceLine.objects.bulk_update(lines, ["xero_line_id"])


def check(posting: Posting, remote: v.RemoteInvoice) -> None:
    """Compare what Xero made of it with ours, and note the outcome: done, or what differs."""
    with transaction.atomic():
        posting = locked(posting)
        invoice = Invoice.objects.select_for_update(of=("self",)).get(pk=posting.record_id)
        differs = differences(invoice, remote)
        note(invoice, remote)
        posting.xero_id, posting.differs_in = remote.id, differs
        posting.state = State.ATTENTION if differs else State.DONE
        posting.message = told(differs)
        posting.save(update_fields=["xero_id", "differs_in", "state", "message", "updated_at"])
        if differs:
            record(invoice, "differs_in_xero", by=None, **differs)


def differences(invoice: Invoice, remote: v.RemoteInvoice) -> dict[str, list[str]]:
    """What Xero has otherwise than we: {field: [ours, theirs]}."""
    subtotal, tax, total = composing.ours(invoice)
    both = {
        "number": (invoice.number, remote.number),
        "currency": (invoice.currency, remote.currency),
        "subtotal": (subtotal, remote.subtotal),
        "tax": (tax, remote.tax),
        "total": (total, remote.total),
    }
    link = getattr(invoice.customer, "xero_contact", None)
    if link is not None and link.contact_id:
        both["contact"] = (link.contact_id, remote.contact_id)
    return {
        name: [shown(mine), shown(theirs)]
        for name, (mine, theirs) in both.items()
        if mine != theirs
    }


def shown(value) -> str:
    return str(value) if isinstance(value, str) else f"{money.plain(value, 2):f}"


def told(differs: dict[str, list[str]]) -> str:
    """The differences as a sentence each."""
    return " ".join(
        f"The {WORDS[name]} is {theirs} in Xero and {mine} here."
        for name, (mine, theirs) in differs.items()
    )


def refuse(posting: Posting, error: RefusedError) -> None:
    """Keep Xero's own words, whole, before the outbox gives up."""
    attention(posting, str(error), request_id=error.request_id[:80])


@transaction.atomic
def attention(posting: Posting, message: str, *, request_id: str = "") -> None:
    """Leave it to a person, with the reason; one that is done or withdrawn stays so."""
    posting = locked(posting)
    if posting.state in {State.DONE, State.WITHDRAWN}:
        return
    posting.state, posting.message, posting.request_id = State.ATTENTION, message, request_id
    posting.save(update_fields=["state", "message", "request_id", "updated_at"])
    invoice = Invoice.objects.filter(pk=posting.record_id).first()
    if invoice is not None:
        record(invoice, "not_pushed", by=None, message=message)


def given_up(effect, reason: str) -> None:
    """The outbox has given up: the posting says why, unless it knows better words already."""
    posting = Posting.objects.filter(pk=effect.payload["id"]).first()
    if posting is not None and posting.state != State.ATTENTION:
        attention(posting, reason)


@transaction.atomic
def follow(invoice: Invoice, remote: v.RemoteInvoice) -> None:
    """Keep the status that Xero has just told, and its lines' ids."""
    now = Invoice.objects.select_for_update(of=("self",)).get(pk=invoice.pk)
    if now.xero_invoice_id != remote.id:
        raise ConflictError(f"{now} is not linked to that invoice in Xero any more.")
    note(now, remote)
    invoice.xero_status = remote.status

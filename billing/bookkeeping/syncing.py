"""Take over what Xero says of our invoices: payments, credit, status; what differs is noted.

What has happened in Xero is a fact. It is followed in a closed period too: a payment stands there
under the day that the bank booked it, and shutting our eyes to it would only make the balance
wrong. What is printed on an issued invoice is never overwritten: there a difference is noted.
"""

from collections import defaultdict
from collections.abc import Iterable
from typing import NamedTuple

from django.db import transaction
from django.utils import timezone

from agency.errors import BusinessError, ConflictError
from agency.records import channel
from agency.records.history import record
from billing.bookkeeping import comparing, crediting, owning, settling
from billing.bookkeeping.models import ContactLink, Difference, FollowedCredit, Posting
from billing.bookkeeping.telling import tell_of
from billing.invoices import operations as invoices
from billing.invoices.models import Invoice, InvoiceLine
from billing.invoices.states import InvoiceStatus
from billing.payments import operations as payments
from billing.payments.models import Payment
from billing.xero import gateway
from billing.xero.errors import MissingError
from billing.xero.values import RemoteInvoice

THROUGH = "Xero"


class Applied(NamedTuple):
    """What a sync of one invoice came to: was anything written, and how much differs anew."""

    invoice: Invoice
    is_changed: bool
    differs_anew: int


class Known(NamedTuple):
    """What we hold of one invoice beside its row."""

    ledger: settling.Ledger
    lines: list[InvoiceLine]
    differences: list[Difference]
    contact_id: str
    own: list[owning.Own]


def known_of(rows: Iterable[Invoice], remotes: Iterable[RemoteInvoice]) -> dict[int, Known]:
    """What we hold of many invoices beside what Xero says, in a handful of statements."""
    rows = list(rows)
    pks = [row.pk for row in rows]
    paid = by_invoice(Payment.objects.live(), pks)
    credited = by_invoice(FollowedCredit.objects.live(), pks)
    lines = by_invoice(InvoiceLine.objects.order_by("position", "pk"), pks)
    differences = by_invoice(Difference.objects.all(), pks)
    own, going = owning.own_of(rows, remotes), leaving(pks)
    links = ContactLink.objects.filter(customer__in={row.customer_id for row in rows})
    links = links.filter(state=ContactLink.State.LINKED)
    contacts = dict(links.values_list("customer_id", "contact_id"))
    return {
        row.pk: Known(
            settling.Ledger(
                paid[row.pk], credited[row.pk], owning.ids_of(own.get(row.pk, [])), going
            ),
            lines[row.pk],
            differences[row.pk],
            contacts.get(row.customer_id, ""),
            own.get(row.pk, []),
        )
        for row in rows
    }


def by_invoice(rows, pks: list[int]) -> dict[int, list]:
    found: dict[int, list] = defaultdict(list)
    for row in rows.filter(invoice__in=pks):
        found[row.invoice_id].append(row)
    return found


def leaving(pks: list[int]) -> frozenset[str]:
    """Ids of payments that were corrected or taken back here, and Xero has not followed yet."""
    state = Posting.State
    waiting = Posting.objects.filter(kind=Posting.Kind.PAYMENT)
    waiting = waiting.filter(state__in=[state.PENDING, state.SENDING])
    rows = Payment.objects.filter(invoice__in=pks, pk__in=waiting.values("record_id"))
    return frozenset(rows.exclude(xero_payment_id=None).values_list("xero_payment_id", flat=True))


def apply(invoice: Invoice, remote: RemoteInvoice, *, by=None) -> Applied:
    """Take over what Xero says of a linked invoice, in one transaction.

    Twice in a row the second time changes nothing but the moment of the sync. ``by`` asked for it;
    history names nobody, for it happened in Xero. Raises ``BusinessError`` where Xero's figures do
    not add up, and then nothing changes.
    """
    wrong = comparing.sums_of(remote)
    if wrong:
        raise BusinessError(wrong)
    with channel.through(THROUGH), transaction.atomic():
        invoice = invoices.locked(invoice)
        if invoice.xero_invoice_id != remote.id:
            raise ConflictError(f"{invoice} is not linked to that invoice in Xero any more.")
        known = known_of([invoice], [remote])[invoice.pk]
        if is_settled(invoice, remote, known):
            stamp([invoice.pk])
            invoice.xero_synced_at = timezone.now()
            return Applied(invoice, is_changed=False, differs_anew=0)
        invoice = followed(invoice, remote, known)
        found = comparing.differences(invoice, remote, known.contact_id, known.own)
        anew = comparing.note(invoice, found)
    return Applied(invoice, is_changed=True, differs_anew=anew)


def is_settled(invoice: Invoice, remote: RemoteInvoice, known: Known) -> bool:
    """Whether there is nothing to do: ours says all that Xero says, and what differs is noted."""
    return (
        invoice.xero_status == remote.status
        and settling.plan(invoice, remote, known.ledger).is_empty
        and target_of(invoice, remote) is None
        and not line_ids(known.lines, remote)
        and all(one.is_linked for one in known.own)
        and comparing.agree(
            known.differences, comparing.differences(invoice, remote, known.contact_id, known.own)
        )
    )


def target_of(invoice: Invoice, remote: RemoteInvoice) -> str | None:
    """The status that ours takes after Xero's, where it follows by itself."""
    if remote.status in {"AUTHORISED", "PAID"} and invoice.status == InvoiceStatus.FINALISED:
        return InvoiceStatus.APPROVED
    is_free = not (invoice.amount_paid or invoice.amount_credited)
    if remote.status in settling.GONE and invoice.is_issued and is_free:
        return InvoiceStatus.VOIDED
    return None


def line_ids(lines: list[InvoiceLine], remote: RemoteInvoice) -> list[InvoiceLine]:
    """Our lines with the ids of Xero's, where these are new: they pair by their order."""
    if len(lines) != len(remote.lines):
        return []
    told = {line.id for line in remote.lines}
    if all(line.xero_line_id in told for line in lines):
        return []
    for line, theirs in zip(lines, remote.lines, strict=True):
        line.xero_line_id = theirs.id
    return lines


def followed(invoice: Invoice, remote: RemoteInvoice, known: Known) -> Invoice:
    """Carry the plan out; the caller holds the lock and has opened the transaction."""
    steps = settling.plan(invoice, remote, known.ledger)
    paired = line_ids(known.lines, remote)
    InvoiceLine.objects.bulk_update(paired, ["xero_line_id"])
    note_status(invoice, remote.status)
    for payment in steps.reversals:
        payments.delete(payment, by=None, is_fact=True)
    for payment, theirs in steps.matches:
        payments.match(payment, theirs.id, by=None)
    invoice.refresh_from_db(fields=["amount_paid", "amount_credited", "balance"])
    owning.keep(known.own)
    crediting.follow(invoice, steps)
    for theirs in steps.additions:
        payments.create(
            invoice,
            by=None,
            is_fact=True,
            amount=theirs.amount,
            paid_on=theirs.paid_on,
            reference=theirs.reference[:120],
            source=Payment.Source.XERO,
            xero_payment_id=theirs.id,
        )
    invoice.refresh_from_db()
    target = target_of(invoice, remote)
    return invoices.move(invoice, target, by=None, is_fact=True) if target else invoice


def note_status(invoice: Invoice, status: str) -> None:
    before, invoice.xero_status = invoice.xero_status, status
    invoice.xero_synced_at = timezone.now()
    invoice.save(update_fields=["xero_status", "xero_synced_at", "updated_at"])
    if before != status:
        record(invoice, "xero_status_changed", by=None, xero_status=[before, status])


def stamp(pks: list[int]) -> None:
    """Note the moment of a sync that changed nothing; ``updated_at`` stays."""
    Invoice.objects.filter(pk__in=pks).update(xero_synced_at=timezone.now())


def note_missing(invoice: Invoice) -> int:
    """Xero says that it has no such invoice: that is a difference, and deletes nothing here."""
    with transaction.atomic():
        invoice = invoices.locked(invoice)
        return comparing.note(invoice, [comparing.missing(invoice)])


def linked(invoice: Invoice) -> str:
    """Its id in Xero. Raises ``ConflictError`` where it is not there."""
    if not invoice.xero_invoice_id:
        raise ConflictError(f"{invoice} is not in Xero.")
    return invoice.xero_invoice_id


def read(invoice: Invoice, *, by=None) -> Applied:
    """Ask Xero for one invoice and take over what it says. Never inside a transaction."""
    xero_id = linked(invoice)
    try:
        remote = gateway.gateway().invoice(xero_id)
    except MissingError:
        tell_of(note_missing(invoice))
        raise
    applied = apply(invoice, remote, by=by)
    tell_of(applied.differs_anew)
    return applied

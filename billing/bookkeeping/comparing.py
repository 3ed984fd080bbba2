"""Where ours and Xero's disagree about one invoice, in words, with the step that mends it."""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import NamedTuple

from django.utils import timezone

from agency import money
from agency.ui import formats
from billing.bookkeeping.models import Difference
from billing.bookkeeping.owning import Own
from billing.bookkeeping.settling import GONE
from billing.invoices.models import Invoice
from billing.invoices.states import InvoiceStatus
from billing.xero.values import RemoteInvoice

Field = Difference.Field
SHOWN = ("ours", "theirs", "amount", "cause", "mend", "xero_id")
FROZEN = "It was changed in Xero after it was issued; what is issued here stays as it was."
MISSING = "Xero knows no invoice with this id any more."


class Found(NamedTuple):
    """One disagreement; ``amount`` is theirs less ours."""

    field: str
    ours: str
    theirs: str
    cause: str
    mend: str
    amount: Decimal | None = None
    xero_id: str = ""


def differences(
    invoice: Invoice, remote: RemoteInvoice, contact_id: str = "", own: Sequence[Own] = ()
) -> list[Found]:
    """All of them; ``contact_id`` is the contact that our customer is linked to, where known.

    ``own`` are our credit notes among the credit that Xero has on it.
    """
    found = [status_of(invoice, remote)]
    if remote.status not in GONE:
        found += [
            number_of(invoice, remote),
            contact_of(remote, contact_id),
            total_of(invoice, remote),
            tax_of(invoice, remote),
            paid_of(invoice, remote),
            own_credit_of(invoice, own) or credited_of(invoice, remote),
        ]
    return [one for one in found if one is not None]


def words(amount: Decimal, currency: str) -> str:
    return f"{currency} {formats.amount(amount, currency)}"


def status_of(invoice: Invoice, remote: RemoteInvoice) -> Found | None:
    ours, theirs = invoice.get_status_display(), remote.status
    if theirs in GONE:
        return gone_there(invoice, theirs)
    if invoice.status == InvoiceStatus.VOIDED:
        cause = "It is voided here, and stands in Xero as before."
        return Found(Field.STATUS, ours, theirs, cause, "void_there")
    is_out = theirs in {"AUTHORISED", "PAID"}
    if invoice.status == InvoiceStatus.DRAFT and is_out:
        cause = "It is approved in Xero, and still a draft here."
        return Found(Field.STATUS, ours, theirs, cause, "approve_here")
    if invoice.status in {InvoiceStatus.APPROVED, InvoiceStatus.SENT} and not is_out:
        cause = "It is approved here, and not in Xero."
        return Found(Field.STATUS, ours, theirs, cause, "approve_there")
    return None


def gone_there(invoice: Invoice, theirs: str) -> Found | None:
    if invoice.status == InvoiceStatus.VOIDED:
        return None
    if invoice.status == InvoiceStatus.DRAFT:
        cause = f"It is {theirs.lower()} in Xero; the draft here can go there anew."
        return Found(Field.EXISTENCE, "Draft", theirs, cause, "unlink")
    settled = words(invoice.amount_paid + invoice.amount_credited, invoice.currency)
    cause = f"It is {theirs.lower()} in Xero, and here {settled} is paid or credited on it."
    return Found(Field.STATUS, invoice.get_status_display(), theirs, cause, "void_here")


def number_of(invoice: Invoice, remote: RemoteInvoice) -> Found | None:
    if invoice.number == remote.number:
        return None
    cause = "The number was changed in Xero." if invoice.number else "A draft here has no number."
    return Found(Field.NUMBER, invoice.number or "", remote.number, cause, "accept")


def contact_of(remote: RemoteInvoice, contact_id: str) -> Found | None:
    if not contact_id or contact_id == remote.contact_id:
        return None
    cause = "In Xero it is addressed to another contact than the one of this customer."
    return Found(
        Field.CONTACT,
        contact_id,
        f"{remote.contact_name} {remote.contact_id}"[:200],
        cause,
        "accept",
    )


def total_of(invoice: Invoice, remote: RemoteInvoice) -> Found | None:
    if invoice.total == remote.total and invoice.currency == remote.currency:
        return None
    if invoice.currency == remote.currency:
        return amounts(Field.TOTAL, invoice, invoice.total, remote.total, FROZEN, "accept")
    ours, theirs = words(invoice.total, invoice.currency), words(remote.total, remote.currency)
    return Found(Field.TOTAL, ours, theirs, "The currencies differ.", "unlink")


def tax_of(invoice: Invoice, remote: RemoteInvoice) -> Found | None:
    if invoice.tax == remote.tax:
        return None
    cause = "The tax rates differ, or were changed in Xero after it was issued."
    return amounts(Field.TAX, invoice, invoice.tax, remote.tax, cause, "accept")


def paid_of(invoice: Invoice, remote: RemoteInvoice) -> Found | None:
    if invoice.amount_paid == remote.amount_paid:
        return None
    if not invoice.is_issued:
        cause, mend = f"Xero has payments on it; here it is {invoice.status}.", "accept"
    elif invoice.amount_paid < remote.amount_paid:
        cause = "Xero has a payment that is more than what is left to pay here."
        mend = "sync"
    else:
        cause, mend = "A payment recorded here is not in Xero.", "send_payments"
    return amounts(Field.PAID, invoice, invoice.amount_paid, remote.amount_paid, cause, mend)


def own_credit_of(invoice: Invoice, own: Sequence[Own]) -> Found | None:
    """The first credit note of ours of which Xero has more or less on the invoice than we."""
    for note, _, ours, theirs in own:
        if ours != theirs:
            cause = own_words(str(note), words(ours, invoice.currency) if ours else "")
            return amounts(Field.CREDITED, invoice, ours, theirs, cause, "sync")
    return None


def own_words(note: str, ours: str) -> str:
    if not ours:
        return f"Xero has our credit note {note} on it; apply it here too, or take it off in Xero."
    return f"Xero has another amount of our credit note {note} on it: make both the same."


def credited_of(invoice: Invoice, remote: RemoteInvoice) -> Found | None:
    if invoice.amount_credited == remote.amount_credited:
        return None
    if invoice.amount_credited < remote.amount_credited:
        cause = "Xero has a credit on it that does not fit into what is left to pay here."
    else:
        cause = "A credit applied here is not in Xero."
    return amounts(
        Field.CREDITED, invoice, invoice.amount_credited, remote.amount_credited, cause, "sync"
    )


def amounts(  # noqa: PLR0917 as they stand in the table
    field: str, invoice: Invoice, ours: Decimal, theirs: Decimal, cause: str, mend: str
) -> Found:
    currency = invoice.currency
    return Found(field, words(ours, currency), words(theirs, currency), cause, mend, theirs - ours)


def missing(invoice: Invoice) -> Found:
    cause = f"{MISSING} It can be sent anew once it is unlinked."
    ours = invoice.xero_invoice_id or ""
    return Found(Field.EXISTENCE, ours, "", cause, "unlink", xero_id=ours)


def agree(kept: Iterable[Difference], found: list[Found]) -> bool:
    """Whether what was noted before is what is found now."""
    noted = {one.field: tuple(getattr(one, name) for name in SHOWN) for one in kept}
    return noted == {one.field: tuple(getattr(one, name) for name in SHOWN) for one in found}


def note(invoice: Invoice, found: list[Found]) -> int:
    """Keep what differs now in place of what differed before; how many are new or other.

    One that somebody accepted stays accepted while nothing about it changes. The caller holds the
    invoice's lock.
    """
    kept = {one.field: one for one in Difference.objects.filter(invoice=invoice)}
    fields = {one.field for one in found}
    Difference.objects.filter(invoice=invoice).exclude(field__in=fields).delete()
    changed = [one for one in found if one.field not in kept or not agree([kept[one.field]], [one])]
    for one in changed:
        values = {name: getattr(one, name) for name in SHOWN}
        fresh = {"seen_at": timezone.now(), "accepted_at": None, "accepted_by": None}
        Difference.objects.update_or_create(
            invoice=invoice, field=one.field, defaults=values | fresh
        )
    return len(changed)


def sums_of(remote: RemoteInvoice) -> str:
    """What is wrong with Xero's own figures, in words; empty where they add up.

    Source: developer.xero.com/documentation/api/accounting/invoices, AmountDue.
    """
    if remote.status in GONE:
        return ""
    currency = remote.currency
    due = remote.total - remote.amount_paid - remote.amount_credited
    if remote.amount_due != due:
        return (
            f"Xero says {words(remote.amount_due, currency)} is due, its own figures make it"
            f" {words(due, currency)}."
        )
    listed = sum((one.amount for one in remote.payments if one.status != "DELETED"), money.ZERO)
    if listed != remote.amount_paid:
        return (
            f"Xero says {words(remote.amount_paid, currency)} is paid, and lists payments of"
            f" {words(listed, currency)}."
        )
    credited = sum((one.amount for one in remote.credits), money.ZERO)
    if credited != remote.amount_credited:
        return (
            f"Xero says {words(remote.amount_credited, currency)} is credited, and lists credits"
            f" of {words(credited, currency)}."
        )
    return ""

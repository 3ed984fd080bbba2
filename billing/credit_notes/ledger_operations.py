"""Where the credit of a note goes: on invoices, or back to the customer. Both ledgers.

Each takes the lock on the invoice's row first and on the note's after it, so that concurrent
payments and credits queue up: none puts more on an invoice than is owed, nor more of a note than
remains.
"""

from decimal import Decimal

from django.db import transaction
from django.utils import timezone

from agency import money
from agency.errors import BusinessError, ConflictError, StateError
from agency.records.history import record
from agency.reference import organisation
from billing.credit_notes import operations, totals
from billing.credit_notes.models import CreditApplication, CreditNote, Refund
from billing.invoices import operations as invoices
from billing.invoices import totals as invoice_totals
from billing.invoices.models import Invoice
from billing.lines import amounts


@transaction.atomic
def apply(
    note: CreditNote,
    invoice: Invoice,
    *,
    by,
    amount: Decimal | None = None,
    applied_on=None,
    **values,
) -> CreditApplication:
    """Put a part of a note on an invoice of the same customer and currency.

    Without an amount, as much as both allow. Raises ``BusinessError`` naming the balance or the
    remainder that an amount exceeds.
    """
    invoice, note = invoices.locked(invoice), operations.locked(note)
    applied_on = applied_on or organisation.today()
    organisation.require_open(applied_on, field="applied_on")
    require_matching(note, invoice)
    amount = min(invoice.balance, note.remaining) if amount is None else amount
    require_amount(amount, note)
    require_owed(amount, invoice)
    made = CreditApplication.objects.create(
        note=note, invoice=invoice, amount=amount, applied_on=applied_on, recorded_by=by, **values
    )
    settle(note, invoice)
    tell(note, invoice, "credit_applied", [None, facts(made)], by=by)
    return made


def require_matching(note: CreditNote, invoice: Invoice) -> None:
    require_issued(note)
    if not invoice.is_issued:
        message = f"{invoice} is {invoice.status}: only an issued invoice takes credits."
        raise StateError(message, field="invoice")
    if invoice.customer_id != note.customer_id:
        raise BusinessError("The invoice belongs to another company.", field="invoice")
    if invoice.currency != note.currency:
        raise BusinessError(f"The invoice is in {invoice.currency}.", field="invoice")
    if invoice.balance <= 0:
        raise BusinessError(f"Nothing is owed on {invoice}.", field="invoice")


def require_issued(note: CreditNote) -> None:
    if not note.is_issued:
        raise StateError(f"{note} is {note.status}: only an issued credit note is used.")


def require_amount(amount: Decimal, note: CreditNote) -> None:
    """Above zero, in whole units, and no more than remains of the note."""
    currency = note.currency
    if note.remaining <= 0:
        raise BusinessError(f"Nothing is left of {note}.", field="amount")
    if amount <= 0:
        raise BusinessError("The amount is above zero.", field="amount")
    amounts.require_whole(amount, currency)
    if amount > note.remaining:
        left = money.shown(note.remaining, currency)
        over = money.shown(amount - note.remaining, currency)
        raise BusinessError(
            f"{currency} {over:f} above the {currency} {left:f} that is left of {note}.",
            field="amount",
            remaining=left,
        )


def require_owed(amount: Decimal, invoice: Invoice) -> None:
    if amount > invoice.balance:
        currency, owed = invoice.currency, money.shown(invoice.balance, invoice.currency)
        over = money.shown(amount - invoice.balance, currency)
        raise BusinessError(
            f"{currency} {over:f} above the balance of {currency} {owed:f}.",
            field="amount",
            balance=owed,
        )


def settle(note: CreditNote, invoice: Invoice) -> None:
    totals.settle(note)
    invoice_totals.settle(invoice)


def facts(made: CreditApplication) -> dict:
    return {"id": made.pk, "amount": made.amount, "applied_on": made.applied_on}


def tell(note: CreditNote, invoice: Invoice, verb: str, credit: list, *, by) -> None:
    """What happened, in the history of the note and of the invoice."""
    common = {"credit": credit, "currency": note.currency}
    left = totals.shown(note, "remaining")
    record(note, verb, by=by, invoice=operations.named(invoice), **common, **left)
    owed = {"balance": invoice_totals.shown(invoice)["balance"]}
    record(invoice, verb, by=by, credit_note=operations.said(note), **common, **owed)


@transaction.atomic
def unapply(application: CreditApplication, *, by) -> None:
    """Take a credit off an invoice: it stays in the ledger as reversed, the invoice is owed."""
    invoice = invoices.locked(application.invoice)
    note = operations.locked(application.note)
    application = live(application, "The credit has been taken off.")
    organisation.require_open(application.applied_on, field="applied_on")
    reverse(application, by=by)
    settle(note, invoice)
    tell(note, invoice, "credit_unapplied", [facts(application), None], by=by)


def live(entry, gone: str):
    found = type(entry).objects.live().filter(pk=entry.pk).first()
    if found is None:
        raise ConflictError(gone)
    return found


def reverse(entry, *, by) -> None:
    entry.reversed_at, entry.reversed_by = timezone.now(), by
    entry.save(update_fields=["reversed_at", "reversed_by", "updated_at"])


@transaction.atomic
def refund(
    note: CreditNote, *, by, amount: Decimal | None = None, paid_on=None, **values
) -> Refund:
    """Record that a part of a note was paid back; without an amount, all that is left."""
    note = operations.locked(note)
    paid_on = paid_on or organisation.today()
    organisation.require_open(paid_on, field="paid_on")
    require_issued(note)
    amount = note.remaining if amount is None else amount
    require_amount(amount, note)
    made = Refund.objects.create(
        note=note, amount=amount, paid_on=paid_on, recorded_by=by, **values
    )
    totals.settle(note)
    tell_refund(note, "refunded", [None, refund_facts(made)], by=by)
    return made


def refund_facts(made: Refund) -> dict:
    return {"id": made.pk, "amount": made.amount, "paid_on": made.paid_on}


def tell_refund(note: CreditNote, verb: str, paid: list, *, by) -> None:
    left = totals.shown(note, "remaining")
    record(note, verb, by=by, refund=paid, currency=note.currency, **left)


@transaction.atomic
def delete_refund(made: Refund, *, by) -> None:
    """Take a refund back: it stays in the ledger as reversed, and the note can be used again."""
    note = operations.locked(made.note)
    made = live(made, "The refund has been deleted.")
    organisation.require_open(made.paid_on, field="paid_on")
    reverse(made, by=by)
    totals.settle(note)
    tell_refund(note, "refund_deleted", [refund_facts(made), None], by=by)

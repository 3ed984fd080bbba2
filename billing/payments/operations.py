"""Everything that changes the ledger of payments.

Each takes the lock on the invoice's row first, so that concurrent payments queue up and none can
pay more than is owed.
"""

from decimal import Decimal

from django.db import transaction
from django.utils import timezone

from agency import money
from agency.errors import BusinessError, ConflictError, StateError
from agency.records.history import changed, record, spelled
from agency.reference import organisation
from agency.reference.modes import operations as modes
from billing.invoices import operations as invoices
from billing.invoices import totals
from billing.invoices.models import Invoice
from billing.lines import amounts
from billing.payments import books
from billing.payments.models import Payment


@transaction.atomic
def create(
    invoice: Invoice, *, by, amount: Decimal, paid_on=None, is_fact: bool = False, **values
) -> Payment:
    """Record money received, in the invoice's currency, up to its balance.

    What ``is_fact`` has been booked in the books already, under the id in ``values``: a closed
    period does not undo what has happened in the bank, and the books need not hear of it.
    """
    invoice = payable(invoice)
    paid_on = paid_on or organisation.today()
    values = with_mode(values, by=by)
    if is_fact:
        let_go(values["xero_payment_id"])
    else:
        organisation.require_open(paid_on, field="paid_on")
    require_amount(invoice, amount, invoice.balance)
    require_bank_amount(invoice, values.get("bank_amount"))
    payment = Payment.objects.create(
        invoice=invoice, amount=amount, paid_on=paid_on, recorded_by=by, **values
    )
    totals.settle(invoice, received=amount)
    record(invoice, "payment_recorded", by=by, payment=[None, facts(payment)], **after(invoice))
    if not is_fact:
        books.tell(payment, by=by)
    return payment


def let_go(xero_payment_id: str) -> None:
    """Take the id from a payment that was taken back here while the books still have it."""
    taken_back = Payment.objects.exclude(reversed_at=None).filter(xero_payment_id=xero_payment_id)
    taken_back.update(xero_payment_id=None)


def with_mode(values: dict, *, by) -> dict:
    """The values with a way to pay that was only named until now, kept as one of the modes."""
    mode = values.get("mode")
    if mode is None or mode.pk is not None:
        return values
    return values | {"mode": modes.create(name=mode.name, by=by)}


def payable(invoice: Invoice) -> Invoice:
    """The locked invoice. Raises ``StateError`` unless it is issued."""
    invoice = invoices.locked(invoice)
    if not invoice.is_issued:
        raise StateError(f"{invoice} is {invoice.status}: only an issued invoice takes payments.")
    return invoice


def require_amount(invoice: Invoice, amount: Decimal, balance: Decimal) -> None:
    currency = invoice.currency
    if amount <= 0:
        raise BusinessError("A payment is above zero.", field="amount")
    amounts.require_whole(amount, currency)
    if amount > balance:
        owed = money.shown(balance, currency)
        over = money.shown(amount - balance, currency)
        raise BusinessError(
            f"{currency} {over:f} above the balance of {currency} {owed:f}.",
            field="amount",
            balance=owed,
        )


def require_bank_amount(invoice: Invoice, amount: Decimal | None) -> None:
    """What the bank booked is above zero, in whole units of the base currency."""
    if amount is None:
        return
    if amount <= 0:
        raise BusinessError("The bank booked something above zero.", field="bank_amount")
    amounts.require_whole(amount, invoice.base_currency, field="bank_amount")


def facts(payment: Payment) -> dict:
    return {"id": payment.pk, "amount": payment.amount, "paid_on": payment.paid_on}


def after(invoice: Invoice) -> dict:
    return {"currency": invoice.currency, "balance": totals.shown(invoice)["balance"]}


@transaction.atomic
def update(payment: Payment, *, by, **values) -> Payment:
    """Correct a payment; the invoice's balance follows."""
    invoice = payable(payment.invoice)
    payment = live(payment)
    if values.get("invoice", payment.invoice) != payment.invoice:
        raise ConflictError("A payment stays with its invoice.", field="invoice")
    values = with_mode(values, by=by)
    changes = changed(payment, values)
    if not changes:
        return payment
    if books.BOOKED & changes.keys():
        books.require_told(payment)
    for day in changes.get("paid_on", [payment.paid_on]):
        organisation.require_open(day, field="paid_on")
    if "amount" in changes:
        require_amount(invoice, values["amount"], invoice.balance + payment.amount)
    require_bank_amount(invoice, values.get("bank_amount"))
    before = facts(payment)
    for name, value in values.items():
        setattr(payment, name, value)
    payment.save()
    totals.settle(invoice)
    record(
        invoice,
        "payment_corrected",
        by=by,
        payment=[before, facts(payment)],
        fields=spelled(changes),
        **after(invoice),
    )
    if books.BOOKED & changes.keys():
        books.tell(payment, by=by)
    return payment


def live(payment: Payment) -> Payment:
    found = Payment.objects.live().select_related("mode").filter(pk=payment.pk).first()
    if found is None:
        raise ConflictError("The payment has been deleted.")
    return found


@transaction.atomic
def delete(payment: Payment, *, by, is_fact: bool = False) -> None:
    """Take a payment back: it stays in the ledger as reversed, and the invoice is owed again.

    ``is_fact`` says that the books have taken it back already, in a closed period too.
    """
    invoice = payable(payment.invoice)
    payment = live(payment)
    if not is_fact:
        organisation.require_open(payment.paid_on, field="paid_on")
        books.require_told(payment)
    payment.reversed_at, payment.reversed_by = timezone.now(), by
    payment.save(update_fields=["reversed_at", "reversed_by", "updated_at"])
    totals.settle(invoice)
    record(invoice, "payment_deleted", by=by, payment=[facts(payment), None], **after(invoice))
    if not is_fact:
        books.tell(payment, by=by)


def match(payment: Payment, xero_payment_id: str, *, by) -> None:
    """Note under which id the books know a payment of ours; the caller holds the lock."""
    let_go(xero_payment_id)
    payment.xero_payment_id = xero_payment_id
    payment.save(update_fields=["xero_payment_id", "updated_at"])
    record(payment.invoice, "payment_matched", by=by, payment=[None, facts(payment)])

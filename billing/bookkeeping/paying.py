"""Our payments into Xero: made, deleted, and for a correction both, each exactly once.

A payment never changes in Xero (developer.xero.com/documentation/api/accounting/payments): what is
corrected here is deleted and made anew there. Before one is made, the payments of the invoice are
looked through for it, so that an answer that got lost doubles nothing.
"""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from agency.errors import ConflictError
from agency.records.outbox import operations as outbox
from billing.bookkeeping import settling
from billing.bookkeeping.models import Posting
from billing.invoices.models import Invoice
from billing.payments import operations as payments
from billing.payments.models import Payment
from billing.xero import gateway
from billing.xero.errors import LimitedError, NotConnectedError, RefusedError
from billing.xero.models import Connection
from billing.xero.values import PaymentDraft, RemotePayment

KIND = "xero.payment"
LEASE = timedelta(minutes=5)
WAIT_FOR_CONNECTION = 600  # seconds
TAKING = {"AUTHORISED", "PAID"}
State = Posting.State


def hears(payment: Payment) -> bool:
    """Whether Xero is told what becomes of a payment."""
    invoice = payment.invoice
    if not invoice.xero_invoice_id or invoice.xero_status not in TAKING:
        return False
    return Connection.objects.usable().filter(sends_payments=True).exists()


def tell(payment: Payment, *, by) -> None:
    """Have Xero follow a payment that was recorded, corrected or taken back, after the commit."""
    if hears(payment) and (payment.reversed_at is None or was_told(payment)):
        ask(payment, by=by)


def was_told(payment: Payment) -> bool:
    return bool(payment.xero_payment_id) or posting_of(payment).exists()


def posting_of(payment: Payment):
    return Posting.objects.filter(kind=Posting.Kind.PAYMENT, record_id=payment.pk)


def ask(payment: Payment, *, by) -> None:
    """A posting of the payment as it is now; part of the caller's transaction."""
    posting = posting_of(payment).select_for_update().first()
    if posting is None:
        tenant = Connection.objects.usable().values_list("tenant_id", flat=True).get()
        posting = Posting(kind=Posting.Kind.PAYMENT, record_id=payment.pk, tenant_id=tenant)
    else:
        posting.version += 1
    posting.state, posting.message, posting.request_id = State.PENDING, "", ""
    posting.save()
    key = f"{KIND}:{posting.pk}:{posting.version}"
    outbox.enqueue(KIND, {"id": posting.pk}, by=by, subject=payment.invoice, key=key)


def ask_for_all(invoice: Invoice, *, by) -> None:
    """Send what was paid here and Xero does not have. Raises where payments are not sent."""
    with transaction.atomic():
        rows = invoice.payments.live().filter(xero_payment_id=None).select_related("invoice")
        if not all(hears(row) for row in rows):
            raise ConflictError("Our payments do not go to Xero: record it there.")
        for row in rows:
            ask(row, by=by)


def carry_out(effect) -> None:
    """Bring Xero in line with the payment of an effect, from wherever the two stand."""
    posting = Posting.objects.get(pk=effect.payload["id"])
    if posting.state in {State.DONE, State.WITHDRAWN}:
        return
    try:
        carry_on(posting)
    except LimitedError as error:
        raise outbox.NotNowError(str(error), seconds=error.retry_after) from error
    except NotConnectedError as error:
        raise outbox.NotNowError(str(error), seconds=WAIT_FOR_CONNECTION) from error
    except RefusedError as error:
        settle(posting, State.ATTENTION, str(error), request_id=error.request_id[:80])
        raise
    except ConflictError as error:
        settle(posting, State.ATTENTION, str(error))
        raise


def carry_on(posting: Posting) -> None:
    payment = Payment.objects.select_related("invoice").get(pk=posting.record_id)
    way = gateway.gateway()
    if way.tenant_id != posting.tenant_id:
        raise ConflictError("Another organisation is connected than the one it was sent to.")
    xero_id = payment.invoice.xero_invoice_id
    if not xero_id:
        raise ConflictError("The invoice is not in Xero any more.")
    theirs = {one.id: one for one in settling.live(way.invoice(xero_id))}
    wanted = payment.reversed_at is None
    held = theirs.pop(payment.xero_payment_id or "", None)
    if held is not None and not (wanted and settling.is_same(payment, held)):
        way.delete_payment(held.id, key=key_of(posting, "delete"))
        forget(payment, held.id)
        held = None
    if wanted and held is None:
        made = found(payment, theirs) or create(payment, posting, way)
        keep(payment, made)
    settle(posting, State.DONE if wanted else State.WITHDRAWN)


def found(payment: Payment, theirs: dict[str, RemotePayment]) -> RemotePayment | None:
    """The same payment, made before and not known here: of that sum and day, and nobody else's."""
    known = Payment.objects.filter(xero_payment_id__in=theirs)
    taken = set(known.values_list("xero_payment_id", flat=True))
    free = (one for pk, one in theirs.items() if pk not in taken)
    return next((one for one in free if settling.is_same(payment, one)), None)


def create(payment: Payment, posting: Posting, way: gateway.Gateway) -> RemotePayment:
    account = Connection.objects.usable().values_list("payment_account_code", flat=True).first()
    if not account:
        raise ConflictError("Choose the account that payments go to on the page of Xero.")
    sending = {"state": State.SENDING, "sent_at": timezone.now(), "updated_at": timezone.now()}
    Posting.objects.filter(pk=posting.pk, version=posting.version).update(**sending)
    draft = PaymentDraft(
        invoice_id=payment.invoice.xero_invoice_id or "",
        account_code=account,
        amount=payment.amount,
        paid_on=payment.paid_on,
        reference=payment.reference,
    )
    return way.create_payment(draft, key=key_of(posting, "create"))


def key_of(posting: Posting, step: str) -> str:
    """The idempotency key: which payment, which version of it, what is done, and where."""
    return f"payment-{posting.pk}-{posting.version}-{step}-{posting.tenant_id}"[:128]


@transaction.atomic
def keep(payment: Payment, made: RemotePayment) -> None:
    """Note the id, unless a sync was faster."""
    row = Payment.objects.select_for_update(of=("self",)).select_related("invoice")
    row = row.get(pk=payment.pk)
    if row.xero_payment_id != made.id:
        payments.match(row, made.id, by=None)


def forget(payment: Payment, xero_id: str) -> None:
    """A corrected payment gets another id; one that was taken back keeps the one it had."""
    rows = Payment.objects.filter(pk=payment.pk, xero_payment_id=xero_id, reversed_at=None)
    rows.update(xero_payment_id=None)


def settle(posting: Posting, state: str, message: str = "", *, request_id: str = "") -> None:
    """Note the outcome, unless the payment was changed again meanwhile: more is on its way."""
    xero_id = Payment.objects.filter(pk=posting.record_id).values_list("xero_payment_id").first()
    values = {"state": state, "message": message, "request_id": request_id}
    values |= {"xero_id": (xero_id and xero_id[0]) or "", "updated_at": timezone.now()}
    Posting.objects.filter(pk=posting.pk, version=posting.version).update(**values)

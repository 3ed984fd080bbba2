"""Push an invoice to Xero: ask for it in one transaction, carry it out after the commit."""

from time import monotonic, sleep

from django.db import transaction
from django.utils import timezone

from agency.errors import ConflictError, NotAllowedError, StateError, UnavailableError
from agency.records.history import record
from agency.records.outbox import operations as outbox
from agency.records.outbox.models import Effect
from billing.bookkeeping import composing, posted
from billing.bookkeeping.models import Posting
from billing.invoices import operations as invoices
from billing.invoices.models import Invoice
from billing.invoices.states import InvoiceStatus
from billing.xero.errors import NotConnectedError
from billing.xero.models import Connection

KIND = "xero.push"
PATIENCE = 3  # seconds that a request waits for another worker
PAUSE = 0.1
State = Posting.State


def push(invoice: Invoice, *, by) -> Invoice:
    """Bring an invoice into Xero, once, as a draft there; a draft here is finalised by it.

    Pushing again asks for another attempt where the last one failed, and else changes nothing.
    Raises ``BusinessError`` for what it lacks, ``ConflictError`` with Xero's words where Xero
    refuses, ``UnavailableError`` while it waits: the outbox goes on by itself. Never inside a
    transaction.
    """
    effect = ask(invoice, by=by)
    if effect is not None:
        outbox.deliver(effect.pk)
        patiently(effect)
    return answer(invoice, effect)


@transaction.atomic
def ask(invoice: Invoice, *, by) -> Effect | None:
    """Finalise and check it, and write down that it is to go there; None where it is there."""
    if by is not None and not by.has_perm("invoices:update"):
        raise NotAllowedError("This needs invoices:update.")
    connection = Connection.objects.usable().first()
    if connection is None:
        raise NotConnectedError
    invoice = invoices.locked(invoice)
    posting = posting_of(invoice)
    is_open = posting is not None and posting.state in {State.SENT, State.ATTENTION}
    if invoice.xero_invoice_id and not is_open:
        return None
    if invoice.status == InvoiceStatus.VOIDED:
        raise StateError(f"{invoice} is voided: it does not go to Xero.", field="status")
    if invoice.status == InvoiceStatus.DRAFT:
        invoice = invoices.finalise(invoice, by=by)
    composing.draft(invoice, "", composing.books(connection))  # raises what it lacks
    posting = asked_for(invoice, posting, connection)
    record(invoice, "push_asked", by=by, version=posting.version)
    return effect_of(posting, by=by)


def posting_of(invoice: Invoice) -> Posting | None:
    found = Posting.objects.filter(kind=Posting.Kind.INVOICE, record_id=invoice.pk)
    return found.select_for_update().first()


def asked_for(invoice: Invoice, posting: Posting | None, connection: Connection) -> Posting:
    """The posting, waiting. After a refusal it is a new version: Xero repeats what it refused."""
    if posting is None:
        return Posting.objects.create(
            kind=Posting.Kind.INVOICE, record_id=invoice.pk, tenant_id=connection.tenant_id
        )
    if posting.state in {State.ATTENTION, State.WITHDRAWN}:
        posting.version += 1
        posting.state, posting.message, posting.request_id = State.PENDING, "", ""
        posting.tenant_id, posting.differs_in = connection.tenant_id, {}
        posting.save()
    return posting


def effect_of(posting: Posting, *, by) -> Effect:
    """The effect that carries it: the last one where that is not done, else a new one."""
    effects = Effect.objects.filter(kind=KIND, subject_type="posting", subject_id=posting.pk)
    last = effects.exclude(state=Effect.State.DONE).first()
    if last is not None:
        return outbox.hasten(last, by=by)
    done = effects.count()  # carried out, and yet it is asked for again
    return outbox.enqueue(
        KIND,
        {"id": posting.pk},
        by=by,
        subject=posting,
        key=f"{KIND}:{posting.pk}:{posting.version}:{done}",
        announce=False,
    )


def patiently(effect: Effect) -> None:
    """Wait for another worker that has it, for a moment."""
    end = monotonic() + PATIENCE
    effect.refresh_from_db()
    while effect.state == Effect.State.RUNNING and monotonic() < end:
        sleep(PAUSE)
        effect.refresh_from_db()


def answer(invoice: Invoice, effect: Effect | None) -> Invoice:
    """The invoice where it is in Xero; raises what stands in the way."""
    posting = posted.of(invoice)
    if effect is None or posting is None or posting.state == State.DONE:
        return Invoice.objects.get(pk=invoice.pk)
    if posting.state == State.ATTENTION:
        raise ConflictError(posting.message, posting_state=posting.state)
    reason = effect.last_error or "Another worker is sending it."
    raise UnavailableError(f"{reason} It goes to Xero by itself.", retry_after=wait(effect))


def wait(effect: Effect) -> int:
    """Seconds until the next attempt, at least one."""
    return max(1, int((effect.due_at - timezone.now()).total_seconds()) + 1)

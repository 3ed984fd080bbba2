"""How an invoice stands towards Xero, in words, and which steps there are from here."""

from typing import NamedTuple

from agency.records.outbox.models import Effect
from billing.bookkeeping import moves, pushing
from billing.bookkeeping.models import Posting
from billing.invoices.models import Invoice
from billing.invoices.states import INVOICE_WORKFLOW, InvoiceStatus

S, State = InvoiceStatus, Posting.State
OPEN = {State.PENDING, State.SENDING, State.SENT, State.ATTENTION}


class Way(NamedTuple):
    """A step of the panel: its key, what it says, the right that it needs."""

    key: str
    label: str
    icon: str
    level: str = "update"
    confirm: str = ""
    danger: bool = False


PUSH = Way("push", "Push to Xero", "cloud-upload")
AGAIN = Way("push", "Try again", "rotate-cw")
SYNC = Way("sync", "Sync now", "refresh-cw")
APPROVE = Way("approve", "Approve in Xero", "check", "manage", "Approve it in Xero and here?")
SEND = Way("send", "Send via Xero", "send", "manage", "Have Xero mail it to the contact?")
VOID = Way(
    "void",
    "Void in Xero",
    "ban",
    "manage",
    "Void it in Xero and here? Its number stays used and its time can be billed again.",
    danger=True,
)
DELETE = Way(
    "delete",
    "Delete from Xero",
    "trash-2",
    "manage",
    "Delete the draft in Xero? Here it is a draft again and keeps its number.",
    danger=True,
)
WAYS = {one.key: one for one in (PUSH, SYNC, APPROVE, SEND, VOID, DELETE)}


def ways(invoice: Invoice, posting: Posting | None) -> list[Way]:
    """The steps that the state of both sides allows, the next one first."""
    is_open = posting is not None and posting.state in OPEN
    if not invoice.xero_invoice_id:
        if invoice.status == S.VOIDED:
            return []
        return [AGAIN if is_open else PUSH]
    return ([AGAIN] if is_open else []) + [SYNC] + remote_ways(invoice)


def remote_ways(invoice: Invoice) -> list[Way]:
    """What Xero may be asked to do with a linked invoice."""
    there, here = invoice.xero_status, invoice.status
    is_free = not (invoice.amount_paid or invoice.amount_credited)
    is_new = not invoice.sent_at and here in {S.DRAFT, S.FINALISED, S.APPROVED}
    is_out = there in moves.APPROVED
    allowed = {
        APPROVE: there in moves.DRAFTS and here in {S.FINALISED, S.APPROVED},
        SEND: is_out and here in {S.FINALISED, S.APPROVED, S.SENT},
        VOID: is_out and is_free and (here == S.VOIDED or may_void(invoice)),
        DELETE: there in moves.DRAFTS and is_free and is_new,
    }
    return [way for way, is_allowed in allowed.items() if is_allowed]


def may_void(invoice: Invoice) -> bool:
    return INVOICE_WORKFLOW.allows(invoice.status, S.VOIDED)


def effect_of(posting: Posting | None) -> Effect | None:
    """What carries it and is not done yet: it says why it waits, and until when."""
    if posting is None or posting.state not in {State.PENDING, State.SENDING, State.SENT}:
        return None
    effects = Effect.objects.filter(
        kind=pushing.KIND, subject_type="posting", subject_id=posting.pk
    )
    return effects.exclude(state=Effect.State.DONE).order_by("-pk").first()

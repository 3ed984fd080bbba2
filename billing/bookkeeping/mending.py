"""The steps that mend a difference between ours and Xero's. Each may ask Xero: no transaction."""

from collections.abc import Callable
from typing import NamedTuple

from django.db import transaction
from django.utils import timezone

from agency.errors import ConflictError, NotAllowedError
from agency.records.history import record
from billing.bookkeeping import linking, paying, pushing, syncing
from billing.bookkeeping.models import Difference
from billing.invoices import books
from billing.invoices import operations as invoices
from billing.invoices.states import InvoiceStatus


class Mend(NamedTuple):
    """A step: its button, what the dialog says, the right it needs, and what carries it out."""

    label: str
    question: str
    run: Callable
    level: str = "update"


def mend(difference: Difference, step: str, *, by) -> None:
    """Take a step that is offered for a difference. Raises ``BusinessError`` where it may not."""
    if step not in offered(difference):
        raise ConflictError("This step does not mend that difference.")
    chosen = MENDS[step]
    if not by.has_perm(f"invoices:{chosen.level}"):
        raise NotAllowedError(f"This needs invoices:{chosen.level}.")
    chosen.run(difference, by=by)


def offered(difference: Difference) -> list[str]:
    """The steps that can be taken, the one that mends it first."""
    steps = [difference.mend] if difference.mend in MENDS else []
    if difference.invoice is not None and difference.invoice.xero_invoice_id:
        steps.append("sync")
    if difference.accepted_at is None:
        steps.append("accept")
    return list(dict.fromkeys(steps))


def read_again(difference: Difference, *, by) -> None:
    syncing.read(difference.invoice, by=by)


@transaction.atomic
def accept(difference: Difference, *, by) -> None:
    """Leave it as it is: it is asked about again once something about it changes."""
    difference = Difference.objects.select_for_update(of=("self",)).get(pk=difference.pk)
    difference.accepted_at, difference.accepted_by = timezone.now(), by
    difference.save(update_fields=["accepted_at", "accepted_by"])
    if difference.invoice is not None:
        fact = {"ours": difference.ours, "theirs": difference.theirs}
        record(difference.invoice, "difference_accepted", by=by, field=difference.field, **fact)


def unlink(difference: Difference, *, by) -> None:
    linking.unlink(difference.invoice, by=by)


def link(difference: Difference, *, by) -> None:
    linking.link(difference.invoice, difference.xero_id, by=by)


def void_here(difference: Difference, *, by) -> None:
    """Follow Xero: refused while something is paid or credited here, with the reason."""
    invoices.move(difference.invoice, InvoiceStatus.VOIDED, by=by, is_fact=True)
    syncing.read(difference.invoice, by=by)


def void_there(difference: Difference, *, by) -> None:
    books.ask(difference.invoice, InvoiceStatus.VOIDED, by=by)
    syncing.read(difference.invoice, by=by)


def approve_here(difference: Difference, *, by) -> None:
    invoices.move(difference.invoice, InvoiceStatus.APPROVED, by=by)
    syncing.read(difference.invoice, by=by)


def approve_there(difference: Difference, *, by) -> None:
    books.ask(difference.invoice, InvoiceStatus.APPROVED, by=by)
    syncing.read(difference.invoice, by=by)


def push(difference: Difference, *, by) -> None:
    pushing.push(difference.invoice, by=by)
    Difference.objects.filter(pk=difference.pk).delete()


def send_payments(difference: Difference, *, by) -> None:
    paying.ask_for_all(difference.invoice, by=by)


MENDS: dict[str, Mend] = {
    "sync": Mend("Sync again", "Read it in Xero once more and take over what it says?", read_again),
    "accept": Mend("Accept", "Leave it so? It comes back once something about it changes.", accept),
    "unlink": Mend(
        "Unlink", "Let go of the invoice in Xero? Nothing is changed there.", unlink, "manage"
    ),
    "push": Mend("Push to Xero", "Make it in Xero as a draft?", push),
    "link": Mend("Link", "Link it to the invoice of that number in Xero?", link),
    "send_payments": Mend(
        "Send payments", "Send the payments that Xero does not have?", send_payments
    ),
    "void_here": Mend(
        "Void here", "Void it here too? Its time can be billed again.", void_here, "manage"
    ),
    "void_there": Mend("Void in Xero", "Void it in Xero too?", void_there, "manage"),
    "approve_here": Mend(
        "Approve here", "Issue and approve it here, as it is in Xero?", approve_here, "manage"
    ),
    "approve_there": Mend("Approve in Xero", "Approve it in Xero too?", approve_there, "manage"),
}

"""Credit in Xero that comes from a credit note of ours: our own ledger has it already.

A note is known by its id in Xero, else by its number and its customer, and the id is kept then.
What Xero has of it on an invoice is never followed a second time: where that is another amount
than ours, it is a difference.
"""

from collections import defaultdict
from collections.abc import Iterable
from decimal import Decimal
from typing import NamedTuple

from django.db.models import Q

from agency import money
from billing.credit_notes import operations as notes
from billing.credit_notes.models import CreditApplication, CreditNote
from billing.invoices.models import Invoice
from billing.xero.values import RemoteCredit, RemoteInvoice


class Own(NamedTuple):
    """A note of ours that Xero has on an invoice: under which ids, and how much on both sides."""

    note: CreditNote
    ids: tuple[str, ...]
    ours: Decimal
    theirs: Decimal

    @property
    def is_linked(self) -> bool:
        return bool(self.note.xero_credit_note_id)


def own_of(rows: Iterable[Invoice], remotes: Iterable[RemoteInvoice]) -> dict[int, list[Own]]:
    """By our invoice: the notes of ours among what Xero has credited on it."""
    told = {one.id: credits_of(one) for one in remotes}
    told = {pk: credits_ for pk, credits_ in told.items() if credits_}
    rows = [row for row in rows if row.xero_invoice_id in told]
    if not rows:
        return {}
    known = notes_among([one for credits_ in told.values() for one in credits_])
    applied = applied_on([row.pk for row in rows])
    return {row.pk: owned(row, told[row.xero_invoice_id or ""], known, applied) for row in rows}


def credits_of(remote: RemoteInvoice) -> list[RemoteCredit]:
    return [one for one in remote.credits if one.kind == "credit_note"]


def notes_among(credits_: list[RemoteCredit]) -> list[CreditNote]:
    """Our notes that bear an id or a number of these credits."""
    ids, numbers = {one.id for one in credits_}, {one.number for one in credits_ if one.number}
    rows = CreditNote.objects.filter(Q(xero_credit_note_id__in=ids) | Q(number__in=numbers))
    return list(rows.order_by("pk"))


def applied_on(pks: list[int]) -> dict[tuple[int, int], Decimal]:
    """How much of which note is on which invoice here."""
    sums: dict[tuple[int, int], Decimal] = defaultdict(lambda: money.ZERO)
    for row in CreditApplication.objects.live().filter(invoice__in=pks):
        sums[row.invoice_id, row.note_id] += row.amount
    return sums


def owned(
    row: Invoice,
    credits_: list[RemoteCredit],
    known: list[CreditNote],
    applied: dict[tuple[int, int], Decimal],
) -> list[Own]:
    """One entry a note, for all that Xero has of it on the invoice."""
    found: dict[int, tuple[CreditNote, list[RemoteCredit]]] = {}
    for one in credits_:
        note = note_of(one, row, known)
        if note is not None:
            found.setdefault(note.pk, (note, []))[1].append(one)
    return [
        Own(
            note,
            tuple(one.id for one in theirs),
            applied.get((row.pk, note.pk), money.ZERO),
            sum((one.amount for one in theirs), money.ZERO),
        )
        for note, theirs in found.values()
    ]


def note_of(credit: RemoteCredit, row: Invoice, known: list[CreditNote]) -> CreditNote | None:
    linked = next((note for note in known if note.xero_credit_note_id == credit.id), None)
    if linked is not None:
        return linked
    same = (note for note in known if note.number and note.number == credit.number)
    return next((note for note in same if note.customer_id == row.customer_id), None)


def ids_of(own: Iterable[Own]) -> frozenset[str]:
    return frozenset(pk for one in own for pk in one.ids)


def keep(own: Iterable[Own]) -> None:
    """Note the ids of those that were known by their number; the caller holds the invoice."""
    for one in own:
        if not one.is_linked:
            notes.match(one.note, one.ids[0], by=None)

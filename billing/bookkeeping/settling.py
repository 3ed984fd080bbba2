"""What must happen to our ledger of one invoice so that it says what Xero says. Pure: no writes.

What stands in Xero is a fact and is followed, except where the ledger could not hold it: what does
not fit into the balance is left out, and shows as a difference.
"""

from collections.abc import Iterable
from decimal import Decimal
from typing import NamedTuple

from agency import money
from billing.bookkeeping.models import FollowedCredit
from billing.invoices.models import Invoice
from billing.payments.models import Payment
from billing.xero.values import RemoteCredit, RemoteInvoice, RemotePayment

GONE = {"VOIDED", "DELETED"}


class Plan(NamedTuple):
    """The steps, in this order: take back, match, end, credit, add."""

    reversals: list[Payment]
    matches: list[tuple[Payment, RemotePayment]]
    ended: list[FollowedCredit]
    credits: list[RemoteCredit]
    additions: list[RemotePayment]

    @property
    def is_empty(self) -> bool:
        return not any(self)


class Ledger(NamedTuple):
    """What pays an invoice here: live payments, credits of Xero that we follow, and our own.

    ``own_notes`` are the ids in Xero of credit notes of ours; ``going`` those of payments that were
    changed here and which Xero is about to hear of.
    """

    payments: list[Payment]
    credits: list[FollowedCredit]
    own_notes: frozenset[str] = frozenset()
    going: frozenset[str] = frozenset()


def plan(invoice: Invoice, remote: RemoteInvoice, ledger: Ledger) -> Plan:
    """What to take back, to match and to add; a draft or a voided one takes nothing on."""
    theirs = {one.id: one for one in live(remote) if one.id not in ledger.going}
    booked = [one for one in ledger.payments if one.xero_payment_id]
    followed = [one for one in booked if one.xero_payment_id not in ledger.going]
    reversals = [one for one in followed if not stands(one, theirs)]
    kept = [one for one in ledger.payments if one not in reversals]
    matches, new = matched(kept, theirs)
    told = {one.id: one for one in remote.credits if one.id not in ledger.own_notes}
    ended = [one for one in ledger.credits if not holds(one, told)]
    known = {one.xero_id for one in ledger.credits if one not in ended}
    if not invoice.is_issued:
        return Plan(reversals, matches, ended, [], [])
    gone = sum_of(reversals) + sum_of(ended)
    room = invoice.balance + gone
    credits_ = that_fit([one for one in told.values() if one.id not in known], room)
    additions = that_fit(new, room - sum_of(credits_))
    return Plan(reversals, matches, ended, credits_, additions)


def matched(
    kept: list[Payment], theirs: dict[str, RemotePayment]
) -> tuple[list[tuple[Payment, RemotePayment]], list[RemotePayment]]:
    """Payments of ours that Xero has too, of the same sum and day; and what is new of theirs."""
    known = {one.xero_payment_id for one in kept}
    unknown = [one for one in kept if not one.xero_payment_id]
    pairs, new = [], []
    for one in (one for pk, one in theirs.items() if pk not in known):
        twin = next((mine for mine in unknown if is_same(mine, one)), None)
        if twin is None:
            new.append(one)
        else:
            unknown.remove(twin)
            pairs.append((twin, one))
    return pairs, new


def sum_of(rows: Iterable) -> Decimal:
    return sum((one.amount for one in rows), money.ZERO)


def holds(credit: FollowedCredit, told: dict[str, RemoteCredit]) -> bool:
    return credit.xero_id in told and told[credit.xero_id].amount == credit.amount


def live(remote: RemoteInvoice) -> list[RemotePayment]:
    return [one for one in remote.payments if one.status != "DELETED"]


def stands(payment: Payment, theirs: dict[str, RemotePayment]) -> bool:
    """Whether Xero has it as we do. There a payment never changes: another sum is another one."""
    found = theirs.get(payment.xero_payment_id or "")
    return found is not None and is_same(payment, found)


def is_same(payment: Payment, remote: RemotePayment) -> bool:
    return payment.amount == remote.amount and payment.paid_on == remote.paid_on


def that_fit(rows: list, room: Decimal) -> list:
    """Those that the balance holds, in the order of their days."""
    found = []
    for one in sorted(rows, key=day_and_id):
        if 0 < one.amount <= room:
            room -= one.amount
            found.append(one)
    return found


def day_and_id(one: RemotePayment | RemoteCredit) -> tuple:
    return (one.paid_on if isinstance(one, RemotePayment) else one.applied_on, one.id)

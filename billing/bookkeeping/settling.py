"""What must happen to our ledger of one invoice so that it says what Xero says. Pure: no writes.

What stands in Xero is a fact and is followed, except where the ledger could not hold it: what does
not fit into the balance is left out, and shows as a difference.
"""

from collections.abc import Iterable
from decimal import Decimal
from typing import NamedTuple

from agency import money
from billing.invoices.models import Invoice
from billing.payments.models import Payment
from billing.xero.values import RemoteCredit, RemoteInvoice, RemotePayment

GONE = {"VOIDED", "DELETED"}


class Plan(NamedTuple):
    """The steps, in this order; ``credited`` is the sum that Xero's credits leave here."""

    reversals: list[Payment]
    matches: list[tuple[Payment, RemotePayment]]
    additions: list[RemotePayment]
    credited: Decimal
    credits: tuple[RemoteCredit, ...]

    def is_empty(self, invoice: Invoice) -> bool:
        moved = self.reversals or self.matches or self.additions
        return not moved and self.credited == invoice.amount_credited


def plan(
    invoice: Invoice,
    remote: RemoteInvoice,
    payments: Iterable[Payment],
    *,
    going: frozenset[str] = frozenset(),
    own_credit: Decimal = money.ZERO,
) -> Plan:
    """What to take back, to match and to add.

    ``payments`` are the live ones; ``going`` the ids of those that are on their way out of Xero;
    ``own_credit`` what is credited here and Xero does not know, which stays.
    """
    theirs = {one.id: one for one in live(remote) if one.id not in going}
    payments = list(payments)
    reversals = [one for one in payments if one.xero_payment_id and not stands(one, theirs)]
    kept = [one for one in payments if one not in reversals]
    known = {one.xero_payment_id for one in kept}
    matches, new = [], []
    unknown = [one for one in kept if not one.xero_payment_id]
    for one in (one for pk, one in theirs.items() if pk not in known):
        twin = next((mine for mine in unknown if is_same(mine, one)), None)
        if twin is None:
            new.append(one)
        else:
            unknown.remove(twin)
            matches.append((twin, one))
    if not invoice.is_issued:
        return Plan(reversals, matches, [], invoice.amount_credited, ())
    paid = sum((one.amount for one in kept), money.ZERO)
    taken, credited = credits_that_fit(remote, invoice.total - paid - own_credit)
    additions = that_fit(new, invoice.total - paid - credited - own_credit)
    return Plan(reversals, matches, additions, credited + own_credit, taken)


def live(remote: RemoteInvoice) -> list[RemotePayment]:
    return [one for one in remote.payments if one.status != "DELETED"]


def stands(payment: Payment, theirs: dict[str, RemotePayment]) -> bool:
    """Whether Xero has it as we do. There a payment never changes: another sum is another one."""
    found = theirs.get(payment.xero_payment_id or "")
    return found is not None and is_same(payment, found)


def is_same(payment: Payment, remote: RemotePayment) -> bool:
    return payment.amount == remote.amount and payment.paid_on == remote.paid_on


def that_fit(payments: list[RemotePayment], room: Decimal) -> list[RemotePayment]:
    """Those that the balance holds, in the order of their days."""
    found = []
    for one in sorted(payments, key=lambda one: (one.paid_on, one.id)):
        if 0 < one.amount <= room:
            room -= one.amount
            found.append(one)
    return found


def credits_that_fit(
    remote: RemoteInvoice, room: Decimal
) -> tuple[tuple[RemoteCredit, ...], Decimal]:
    found, used = [], money.ZERO
    for one in sorted(remote.credits, key=lambda one: (one.applied_on, one.id)):
        if 0 < one.amount <= room - used:
            used += one.amount
            found.append(one)
    return tuple(found), used

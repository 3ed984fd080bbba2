"""Keeps a credit note's sums in step with its lines and its ledgers."""

from collections.abc import Iterable
from decimal import Decimal

from agency import money, sql
from billing.credit_notes.models import CreditNote, CreditNoteLine
from billing.lines import pricing

TOTALS = ("subtotal", "discount", "tax", "total", "remaining")


def apply(note: CreditNote, lines: list[CreditNoteLine]) -> None:
    """Price the lines and set the note's sums, without saving either."""
    sums = pricing.price(
        lines, currency=note.currency, discount=note.discount, inclusive=note.prices_include_tax
    )
    add_up(note, net=sums.net, tax=sums.tax)


def keep(note: CreditNote, lines: list[CreditNoteLine]) -> None:
    """Set the note's sums from lines that are priced already, as those of an invoice are."""
    net = sum((line.net for line in lines), money.ZERO)
    add_up(note, net=net, tax=sum((line.tax for line in lines), money.ZERO))


def add_up(note: CreditNote, *, net: Decimal, tax: Decimal) -> None:
    note.subtotal, note.tax = net + note.discount, tax
    note.total = net + tax
    note.remaining = note.total - note.amount_applied - note.amount_refunded


def recalculate(note: CreditNote, *, also: Iterable[str] = ()) -> None:
    """Price all lines anew and save them and the sums, with the fields ``also`` in one write.

    The caller holds the note's lock.
    """
    lines = list(note.lines.order_by("position", "pk"))
    apply(note, lines)
    CreditNoteLine.objects.bulk_update(lines, pricing.PRICED)
    note.save(update_fields=[*TOTALS, *also, "updated_at"])


def settle(note: CreditNote) -> None:
    """Bring applied, refunded and remaining in line with the ledgers, under the caller's lock."""
    note.amount_applied = Decimal(sql.total_of(note.applications.live(), "amount"))
    note.amount_refunded = Decimal(sql.total_of(note.refunds.live(), "amount"))
    note.remaining = note.total - note.amount_applied - note.amount_refunded
    note.save(update_fields=["amount_applied", "amount_refunded", "remaining", "updated_at"])


def shown(note: CreditNote, *names: str) -> dict[str, Decimal]:
    """Figures of a note with its currency's decimals, for history."""
    return {name: money.shown(getattr(note, name), note.currency) for name in names}

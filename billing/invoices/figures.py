"""The sums that a client sends with an invoice, made whole and checked."""

from decimal import Decimal
from typing import NamedTuple

from agency import money
from agency.errors import BusinessError
from billing.lines import amounts


class Figures(NamedTuple):
    """A document's sums in its currency: total = subtotal − discount + tax."""

    subtotal: Decimal
    discount: Decimal
    tax: Decimal
    total: Decimal


def completed(
    currency: str,
    *,
    total: Decimal,
    subtotal: Decimal | None = None,
    discount: Decimal | None = None,
    tax: Decimal | None = None,
) -> Figures:
    """The sums with what was left out: no discount, no tax, else what the others leave.

    Raises ``BusinessError`` where they do not add up, or have more decimals than the currency.
    """
    sent = {"total": total, "subtotal": subtotal, "discount": discount, "tax": tax}
    for name, amount in sent.items():
        if amount is not None:
            amounts.require_whole(amount, currency, field=name)
    discount = discount or money.ZERO
    if subtotal is None:
        tax = tax or money.ZERO
        subtotal = total - tax + discount
    elif tax is None:
        tax = total - subtotal + discount
    if total != subtotal - discount + tax:
        owed = subtotal - discount + tax
        message = f"Subtotal {subtotal:f} − discount {discount:f} + tax {tax:f} is {owed:f}."
        raise BusinessError(message, field="total")
    return Figures(subtotal, discount, tax, total)

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
    total = whole(total, currency, "total")
    discount = whole(discount or money.ZERO, currency, "discount")
    subtotal = None if subtotal is None else whole(subtotal, currency, "subtotal")
    tax = None if tax is None else whole(tax, currency, "tax")
    if subtotal is None:
        tax = whole(tax or money.ZERO, currency, "tax")
        subtotal = total - tax + discount
    elif tax is None:
        tax = total - subtotal + discount
    if max(abs(subtotal), abs(discount), abs(tax), abs(total)) > money.LARGEST:
        raise BusinessError("The total is too large.", field="total")
    if total != subtotal - discount + tax:
        owed = subtotal - discount + tax
        message = f"Subtotal {subtotal:f} − discount {discount:f} + tax {tax:f} is {owed:f}."
        raise BusinessError(message, field="total")
    return Figures(subtotal, discount, tax, total)


def whole(amount: Decimal, currency: str, field: str) -> Decimal:
    """The amount with exactly its currency's decimals; more of them are refused."""
    amounts.require_whole(amount, currency, field=field)
    return money.rounded(amount, currency)

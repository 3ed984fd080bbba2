"""Prices the lines of a document in place. The one way from lines to totals."""

from collections.abc import Sequence
from decimal import Decimal

from agency import money
from agency.errors import BusinessError
from billing.lines.models import DocumentLine


def price(
    lines: Sequence[DocumentLine], *, currency: str, discount: Decimal, inclusive: bool
) -> money.Amounts:
    """Set amount, discount share, net, tax and gross of each line; return the document's sums.

    A line of summed time keeps its amount: that is the sum of rounded entries. Raises
    ``BusinessError`` where a line or the document exceeds ``money.LARGEST``.
    """
    for line in lines:
        line.amount = amount_of(line, currency)
        if abs(line.amount) > money.LARGEST:
            raise BusinessError("The amount of this line is too large.", field="unit_price")
    prices = [money.LinePrice(line.amount, line.tax_rate) for line in lines]
    priced, total = money.document(prices, currency, discount=discount, inclusive=inclusive)
    for line, (share, amounts) in zip(lines, priced, strict=True):
        line.discount_share = share
        line.net, line.tax, line.gross = amounts
    if abs(total.gross) > money.LARGEST:
        raise BusinessError("The total is too large.", field="unit_price")
    return total


def amount_of(line: DocumentLine, currency: str) -> Decimal:
    """Quantity × unit price − discount, rounded; a line of summed time keeps its sum."""
    if line.is_summed:
        return line.amount
    return money.amount_of(line.quantity, line.unit_price, currency, line.discount)


PRICED = ("amount", "discount_share", "net", "tax", "gross")

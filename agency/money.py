"""Money arithmetic. The only module that rounds an amount.

Every figure is a ``Decimal`` in one currency; rounding is half up, away from zero, to the
currency's smallest unit as ISO 4217 gives it (JPY 0, AUD 2, KWD 3 decimals). Tax is taken per
line, rounded, then summed, as Xero does and GST Act s 9-90 allows.
"""

from collections.abc import Iterable, Sequence
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal
from functools import cache
from typing import NamedTuple

from iso4217 import Currency

ZERO = Decimal(0)
GST = Decimal("0.10")
STORED_DECIMALS = 4
LARGEST = Decimal(999999999999)  # what one price, line or document may reach
MINUTES_PER_HOUR = Decimal(60)
PER_CENT = Decimal(100)


class Amounts(NamedTuple):
    """Net, tax and gross of one line or of a whole document, in one currency."""

    net: Decimal
    tax: Decimal
    gross: Decimal


class LinePrice(NamedTuple):
    """What a line asks for, before any share of a document discount.

    ``amount`` is quantity × unit price less the line's own discount, rounded; it contains the tax
    when the document's prices do. ``tax_rate`` is a fraction: 0.10 is 10 %.
    """

    amount: Decimal
    tax_rate: Decimal


@cache
def decimals(currency: str) -> int:
    """The number of decimals of a currency (ISO 4217); two where the code has none of its own."""
    try:
        exponent = Currency(currency).exponent
    except ValueError:
        return 2
    return 2 if exponent is None else exponent


@cache
def unit(currency: str) -> Decimal:
    """The smallest unit of a currency: 0.01 for AUD, 1 for JPY."""
    return Decimal(1).scaleb(-decimals(currency))


def rounded(amount: Decimal, currency: str) -> Decimal:
    """Round half up to the smallest unit of the currency."""
    return amount.quantize(unit(currency), rounding=ROUND_HALF_UP)


def amount_of(
    quantity: Decimal, unit_price: Decimal, currency: str, discount: Decimal = ZERO
) -> Decimal:
    """Quantity × unit price − discount, rounded once."""
    return rounded(quantity * unit_price - discount, currency)


def time_amount(minutes: int, hourly_rate: Decimal, currency: str) -> Decimal:
    """What one time entry is worth: minutes / 60 × rate, rounded (140 min at 50.00 is 116.67)."""
    return rounded(minutes * hourly_rate / MINUTES_PER_HOUR, currency)


def percent_of(amount: Decimal, percent: Decimal, currency: str) -> Decimal:
    """``percent`` per cent of an amount, rounded."""
    return rounded(amount * percent / 100, currency)


def hours(minutes: int) -> Decimal:
    """Minutes as hours with two decimals, half up (140 min is 2.33)."""
    return (Decimal(minutes) / MINUTES_PER_HOUR).quantize(Decimal("0.01"), rounding=ROUND_HALF_UP)


def minutes_of(hours_worked: Decimal) -> int:
    """Hours as whole minutes, half up."""
    return int((hours_worked * MINUTES_PER_HOUR).quantize(Decimal(1), rounding=ROUND_HALF_UP))


def margin(revenue: Decimal, cost: Decimal) -> Decimal | None:
    """What is left of a revenue after its cost, in per cent of the revenue, two decimals half up.

    None where there is no revenue to take it of. Both are in the same currency.
    """
    if not revenue:
        return None
    share = (revenue - cost) / revenue * PER_CENT
    return share.quantize(Decimal("0.01"), rounding=ROUND_HALF_UP)


def taxed(amount: Decimal, tax_rate: Decimal, currency: str, *, inclusive: bool) -> Amounts:
    """Split one rounded amount into net, tax and gross.

    Exclusive: tax = r(net × rate). Inclusive: tax = r(gross × rate / (1 + rate)).
    """
    if inclusive:
        tax = rounded(amount * tax_rate / (1 + tax_rate), currency)
        return Amounts(amount - tax, tax, amount)
    tax = rounded(amount * tax_rate, currency)
    return Amounts(amount, tax, amount + tax)


def spread(amount: Decimal, weights: Sequence[Decimal], currency: str) -> list[Decimal]:
    """Divide ``amount`` in proportion to ``weights`` by largest remainder.

    The parts are whole units of the currency and sum to ``amount`` exactly. With no weight at all
    everything falls on the first part.
    """
    whole = sum(weights, ZERO)
    if not weights:
        return []
    if whole == 0:
        return [amount, *(ZERO for _ in weights[1:])]
    exact = [amount * weight / whole for weight in weights]
    parts = [value.quantize(unit(currency), rounding=ROUND_DOWN) for value in exact]
    missing = int((amount - sum(parts, ZERO)) / unit(currency))
    step = unit(currency) if missing >= 0 else -unit(currency)
    by_remainder = sorted(
        range(len(parts)), key=lambda index: abs(exact[index] - parts[index]), reverse=True
    )
    for index in by_remainder[: abs(missing)]:
        parts[index] += step
    return parts


def document(
    lines: Sequence[LinePrice], currency: str, *, discount: Decimal = ZERO, inclusive: bool = False
) -> tuple[list[tuple[Decimal, Amounts]], Amounts]:
    """Price a whole document: for each line (its share of the discount, its amounts), and the sum.

    The discount is spread over the lines by largest remainder and taken off before tax.
    """
    shares = spread(discount, [line.amount for line in lines], currency)
    priced = [
        (share, taxed(line.amount - share, line.tax_rate, currency, inclusive=inclusive))
        for line, share in zip(lines, shares, strict=True)
    ]
    return priced, total(amounts for _, amounts in priced)


def effective_rate(net: Decimal, tax: Decimal) -> Decimal:
    """Which fraction of ``net`` a given tax is, with the four decimals that are stored."""
    if not net:
        return ZERO
    return (tax / net).quantize(Decimal(1).scaleb(-STORED_DECIMALS), rounding=ROUND_HALF_UP)


def total(lines: Iterable[Amounts]) -> Amounts:
    """Add up lines that are rounded already."""
    net = tax = ZERO
    for amounts in lines:
        net += amounts.net
        tax += amounts.tax
    return Amounts(net, tax, net + tax)


def shown(amount: Decimal, currency: str) -> Decimal:
    """A stored figure with exactly the currency's decimals, for an answer or a page."""
    return rounded(amount, currency)


def plain(amount: Decimal, least: int = 0) -> Decimal:
    """A quantity, price or rate with at least ``least`` and no more than 4 decimals."""
    trimmed = amount.quantize(Decimal(1).scaleb(-STORED_DECIMALS), rounding=ROUND_HALF_UP)
    trimmed = trimmed.normalize()
    exponent = trimmed.as_tuple().exponent
    if not isinstance(exponent, int) or -exponent < least:
        return trimmed.quantize(Decimal(1).scaleb(-least))
    return trimmed

"""The tax of a line: by its code, else the organisation's usual one."""

from decimal import Decimal
from typing import NamedTuple

from agency import money
from agency.errors import BusinessError
from agency.reference import organisation, taxes


class LineTax(NamedTuple):
    """A tax code and its rate as a fraction: 0.10 is 10 %."""

    code: str
    rate: Decimal


GST = LineTax("OUTPUT", money.GST)  # where no tax is the default


def usual() -> LineTax:
    """What a line without a tax type bears: 10 % GST, or none where the seller is unregistered.

    Source: GST Act s 9-70 (10 %); an unregistered supplier charges none.
    """
    if not organisation.current().is_tax_registered:
        return LineTax("", money.ZERO)
    known = taxes.in_use().items()
    return next((LineTax(code, one.rate) for code, one in known if one.is_default), GST)


def none() -> LineTax:
    """What a line bears that is said to carry no tax: the first rate of zero that is in use."""
    free = (LineTax(code, one.rate) for code, one in taxes.in_use().items() if one.rate == 0)
    return next(free, LineTax("", money.ZERO))


def borne(net: Decimal, tax: Decimal, currency: str) -> LineTax:
    """The tax that makes ``tax`` of ``net``: none, the usual one, or a rate that fits."""
    if not tax:
        return none()
    code, rate = usual()
    if money.taxed(net, rate, currency, inclusive=False).tax == tax:
        return LineTax(code, rate)
    return LineTax("", money.effective_rate(net, tax))


def tax_of(code: str) -> LineTax:
    """The tax of a code. Raises ``BusinessError`` for one that is unknown or no longer used."""
    if not code:
        return usual()
    found = taxes.in_use().get(code)
    if found is None:
        raise BusinessError(f"“{code}” is not an active tax type.", field="tax_type")
    rate = found.rate
    if rate and not organisation.current().is_tax_registered:
        raise BusinessError("The organisation is not registered for GST.", field="tax_type")
    return LineTax(code, rate)

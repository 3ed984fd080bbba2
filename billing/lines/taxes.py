"""The tax of a line: by its code, else the organisation's usual one."""

from decimal import Decimal
from typing import NamedTuple

from django.apps import apps
from django.core.cache import cache

from agency import money
from agency.errors import BusinessError
from agency.reference import organisation

CACHE_KEY = "taxes"
CACHE_SECONDS = 5


class LineTax(NamedTuple):
    """A tax code and its rate as a fraction: 0.10 is 10 %."""

    code: str
    rate: Decimal


def _active() -> dict[str, tuple[Decimal, bool]]:
    """Rates and the default mark by code; read for nearly every line, so kept for some seconds."""
    found = cache.get(CACHE_KEY)
    if found is None:
        rows = apps.get_model("reference", "Tax").objects.filter(is_active=True)
        found = {row.code: (row.rate, row.is_default) for row in rows}
        cache.set(CACHE_KEY, found, CACHE_SECONDS)
    return found


def usual() -> LineTax:
    """What a line without a tax type bears: 10 % GST, or none where the seller is unregistered.

    Source: GST Act s 9-70 (10 %); an unregistered supplier charges none.
    """
    if not organisation.current().is_tax_registered:
        return LineTax("", money.ZERO)
    defaults = [LineTax(code, rate) for code, (rate, is_default) in _active().items() if is_default]
    return defaults[0] if defaults else LineTax("OUTPUT", money.GST)


def none() -> LineTax:
    """What a line bears that is said to carry no tax: the first rate of zero that is in use."""
    free = (LineTax(code, rate) for code, (rate, _) in _active().items() if rate == 0)
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
    found = _active().get(code)
    if found is None:
        raise BusinessError(f"“{code}” is not an active tax type.", field="tax_type")
    rate = found[0]
    if rate and not organisation.current().is_tax_registered:
        raise BusinessError("The organisation is not registered for GST.", field="tax_type")
    return LineTax(code, rate)

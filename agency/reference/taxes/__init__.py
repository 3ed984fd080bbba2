"""The rates of tax that are in use."""

from decimal import Decimal
from typing import NamedTuple

from django.apps import apps
from django.core.cache import cache

CACHE_KEY = "taxes"
CACHE_SECONDS = 5  # a second process sees a change after this long


class Rate(NamedTuple):
    """A rate as a fraction, 0.10 is 10 %, and whether lines that name none bear it."""

    rate: Decimal
    is_default: bool


def in_use() -> dict[str, Rate]:
    """The rates by code; read for nearly every line, so kept for some seconds."""
    found = cache.get(CACHE_KEY)
    if found is None:
        rows = apps.get_model("reference", "Tax").objects.filter(is_active=True)
        found = {row.code: Rate(row.rate, row.is_default) for row in rows}
        cache.set(CACHE_KEY, found, CACHE_SECONDS)
    return found


def forget() -> None:
    """Read the rows again on the next call."""
    cache.delete(CACHE_KEY)

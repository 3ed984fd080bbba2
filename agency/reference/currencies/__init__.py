"""Currencies, and what one was worth on a day."""

from datetime import date
from decimal import Decimal

from django.apps import apps


def rate_on(code: str, on: date) -> tuple[Decimal, date] | None:
    """The newest known rate of a currency on a day and the day it is of; None without one.

    The rate says how much of the base currency one unit buys.
    """
    rates = apps.get_model("reference", "ExchangeRate").objects
    return rates.known_on(code, on).values_list("rate", "on").first()

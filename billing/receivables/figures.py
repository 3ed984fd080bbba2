"""Receivables by age, and revenue by month; each currency by itself, nothing is added across."""

from collections import defaultdict
from datetime import date, timedelta
from decimal import Decimal
from typing import NamedTuple

from django.db.models import Sum
from django.db.models.functions import TruncMonth

from agency import money
from agency.reference import organisation
from agency.sql import cents
from billing.invoices.states import Age

MONTHS = 12


class Ageing(NamedTuple):
    """What one currency is owed at each age, in the order of ``Age``."""

    currency: str
    bands: list[Decimal]

    @property
    def total(self) -> Decimal:
        return sum(self.bands, money.ZERO)


def ageing(invoices) -> list[Ageing]:
    """The balances of issued invoices by how late they are on the organisation's today."""
    rows = invoices.with_age().order_by("currency").values("currency", "age")
    found: dict[str, dict] = defaultdict(lambda: dict.fromkeys(Age.values, money.ZERO))
    for row in rows.annotate(owed=cents(Sum("balance"))):
        found[row["currency"]][row["age"]] = row["owed"]
    return [Ageing(currency, list(bands.values())) for currency, bands in found.items()]


def revenue(invoices, currency: str) -> list[tuple[date, Decimal]]:
    """Net of the last twelve months' issued invoices in one currency, by month of issue."""
    this_month = organisation.today().replace(day=1)
    months = [this_month]
    while len(months) < MONTHS:
        months.insert(0, (months[0] - timedelta(days=1)).replace(day=1))
    rows = invoices.issued().filter(currency=currency, issued_on__gte=months[0])
    grouped = rows.annotate(month=TruncMonth("issued_on")).order_by("month").values("month")
    sums = {
        row["month"]: row["gross"] - row["taxes"]
        for row in grouped.annotate(gross=cents(Sum("total")), taxes=cents(Sum("tax")))
    }
    return [(month, sums.get(month, money.ZERO)) for month in months]

"""Receivables by age, and revenue by month; each currency by itself, nothing is added across."""

from collections import defaultdict
from datetime import date, timedelta
from decimal import Decimal
from typing import NamedTuple

from django.db.models import Case, IntegerField, Sum, Value, When
from django.db.models.functions import TruncMonth

from agency import money
from agency.reference import organisation
from agency.sql import cents

# (words, the first and last day late); the last band is open.
BANDS = [("Not due", None), ("1–30 days", 1), ("31–60 days", 31), ("61–90 days", 61), ("90+", 91)]
MONTHS = 12


class Ageing(NamedTuple):
    """What one currency is owed in each band, in the order of ``BANDS``."""

    currency: str
    bands: list[Decimal]

    @property
    def total(self) -> Decimal:
        return sum(self.bands, money.ZERO)


def ageing(invoices) -> list[Ageing]:
    """The balances of issued invoices by how late they are on the organisation's today."""
    today = organisation.today()
    late = [
        When(due_on__lte=today - timedelta(days=days), then=Value(number))
        for number, (_, days) in reversed(list(enumerate(BANDS)))
        if days
    ]
    band = Case(*late, default=Value(0), output_field=IntegerField())
    rows = invoices.unpaid().annotate(band=band).order_by("currency", "band")
    found: dict[str, list[Decimal]] = defaultdict(lambda: [money.ZERO] * len(BANDS))
    for row in rows.values("currency", "band").annotate(owed=cents(Sum("balance"))):
        found[row["currency"]][row["band"]] = row["owed"]
    return [Ageing(currency, bands) for currency, bands in found.items()]


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

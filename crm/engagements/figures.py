"""What engagements earn: by month, by company, by product; each currency by itself.

MRR is the monthly revenue of those that earn in a month, as ``querysets.earning_in`` says. TCV is
the total value of those that are not cancelled; by months it counts where the engagement begins.
An amount that nobody gave counts as nothing. Nothing is added up across currencies.
"""

from datetime import date, timedelta
from decimal import Decimal
from typing import NamedTuple

from django.db.models import Q, Sum

from agency import money
from agency.reference import organisation
from agency.sql import cents
from crm.engagements.querysets import earning_in, signed, signed_in

MONTHS = 12


class Earned(NamedTuple):
    """MRR and TCV of one month in one currency, to four decimals."""

    month: date
    mrr: Decimal
    tcv: Decimal


class Line(NamedTuple):
    """MRR of this month and TCV of one company or product in one currency."""

    key: int | str
    name: str
    currency: str
    mrr: Decimal
    tcv: Decimal


def this_month() -> date:
    """The first day of the month that it is for the organisation."""
    return organisation.today().replace(day=1)


def last_months(number: int = MONTHS) -> list[date]:
    """The first days of that many months, this one last."""
    found = [this_month()]
    while len(found) < number:
        found.insert(0, (found[0] - timedelta(days=1)).replace(day=1))
    return found


def by_month(engagements, number: int = MONTHS) -> dict[str, list[Earned]]:
    """For each currency what the engagements earned in each of the last months, oldest first."""
    months = last_months(number)
    sums = {}
    for place, month in enumerate(months):
        sums[f"mrr_{place}"] = summed("monthly_revenue", earning_in(month))
        sums[f"tcv_{place}"] = summed("total_value", signed_in(month))
    rows = engagements.order_by("currency").values("currency").annotate(**sums)
    return {
        row["currency"]: [
            Earned(month, *(row[f"{name}_{place}"] or money.ZERO for name in ("mrr", "tcv")))
            for place, month in enumerate(months)
        ]
        for row in rows
    }


def by_company(engagements) -> list[Line]:
    """MRR and TCV of each company, the largest MRR of a currency first."""
    return lines(engagements, "customer", "customer__name")


def by_product(engagements) -> list[Line]:
    """MRR and TCV of each product, the largest MRR of a currency first."""
    return lines(engagements, "product", "product")


def totals(engagements) -> list[dict]:
    """``currency``, ``mrr`` of this month and ``tcv``, in the order of the codes."""
    return list(engagements.order_by("currency").values("currency").annotate(**now()))


def lines(engagements, key: str, name: str) -> list[Line]:
    columns = dict.fromkeys([key, name, "currency"])
    rows = engagements.order_by().values(*columns).annotate(**now())
    sums = ((row, row["mrr"] or money.ZERO, row["tcv"] or money.ZERO) for row in rows)
    found = [Line(row[key], row[name], row["currency"], mrr, tcv) for row, mrr, tcv in sums]
    found = [line for line in found if line.mrr or line.tcv]
    return sorted(found, key=lambda line: (line.currency, -line.mrr, -line.tcv, line.name))


def now() -> dict:
    return {
        "mrr": summed("monthly_revenue", earning_in(this_month())),
        "tcv": summed("total_value", signed()),
    }


def summed(amount: str, where: Q):
    return cents(Sum(amount, filter=where))

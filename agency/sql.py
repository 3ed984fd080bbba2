"""Money inside the database.

SQLite adds decimals as floating-point numbers, so every sum or difference passes ``cents()``
before anything compares or shows it.
"""

from decimal import Decimal

from django.db import models
from django.db.models import (
    Aggregate,
    Case,
    Count,
    DecimalField,
    F,
    IntegerField,
    JSONField,
    OuterRef,
    Subquery,
    Sum,
    When,
)
from django.db.models.functions import Coalesce, JSONArray, Round

MONEY = DecimalField(max_digits=19, decimal_places=4)


class MoneyField(models.DecimalField):
    """numeric(19, 4): an amount, price, quantity or rate as it is stored."""

    def __init__(self, *args, **kwargs) -> None:
        kwargs.setdefault("max_digits", 19)
        kwargs.setdefault("decimal_places", 4)
        super().__init__(*args, **kwargs)


def cents(expression):
    """Round to the four decimals that are stored."""
    return Round(expression, precision=4, output_field=MONEY)


def _grouped(children, link: str, aggregate):
    return (
        children.filter(**{link: OuterRef("pk")})
        .order_by()
        .values(link)
        .annotate(_figure=aggregate)
        .values("_figure")
    )


def sum_of(children, link: str, amount: str):
    """Sum ``amount`` over the ``children`` whose ``link`` is the outer row.

    A subquery, not a join: several sums on one row cannot multiply each other.
    """
    total = Subquery(_grouped(children, link, Sum(amount)), output_field=MONEY)
    return cents(Coalesce(total, Decimal(0), output_field=MONEY))


def minutes_of(children, link: str, minutes: str = "minutes"):
    """Sum whole minutes over the ``children`` whose ``link`` is the outer row."""
    total = Subquery(_grouped(children, link, Sum(minutes)), output_field=IntegerField())
    return Coalesce(total, 0)


def count_of(children, link: str):
    """Count the ``children`` whose ``link`` is the outer row."""
    total = Subquery(_grouped(children, link, Count("pk")), output_field=IntegerField())
    return Coalesce(total, 0)


class Gathered(Aggregate):
    """All values of an expression as one JSON list, so that a row can hold a list of others."""

    function = "JSON_GROUP_ARRAY"
    output_field = JSONField()

    def as_postgresql(self, compiler, connection, **extra):
        return self.as_sql(compiler, connection, function="JSONB_AGG", **extra)


def people_of(links, link: str, person: str = "staff"):
    """``[[id, first name, last name], …]`` of the people that ``links`` tie to the outer row."""
    names = JSONArray(f"{person}__pk", f"{person}__first_name", f"{person}__last_name")
    return Subquery(_grouped(links, link, Gathered(names)), output_field=JSONField(null=True))


def total_of(rows, amount: str) -> Decimal:
    """The sum of a money column over a queryset, exact to four decimals."""
    return rows.aggregate(total=cents(Coalesce(Sum(amount), Decimal(0), output_field=MONEY)))[
        "total"
    ]


def totals_per_currency(rows, *amounts: str) -> list[dict]:
    """Sums of money columns per ``currency``, in the order of the codes."""
    sums = {f"total_{name}": cents(Sum(name)) for name in amounts}
    return list(rows.order_by("currency").values("currency").annotate(**sums))


def positions(ids: list[int]):
    """An expression that gives each row its index in ``ids``: one statement reorders a list."""
    moves = (When(pk=pk, then=index) for index, pk in enumerate(ids))
    return Case(*moves, default=F("position"), output_field=IntegerField())

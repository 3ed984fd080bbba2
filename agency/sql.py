"""Money inside the database.

SQLite adds decimals as floating-point numbers, so every sum or difference passes ``cents()``
before anything compares or shows it.
"""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from operator import attrgetter

import orjson
from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection, models
from django.db.models import (
    Aggregate,
    Case,
    Count,
    DateField,
    DecimalField,
    F,
    IntegerField,
    JSONField,
    OuterRef,
    Subquery,
    Sum,
    Value,
    When,
)
from django.db.models.functions import Coalesce, JSONArray, Round
from django.utils import timezone

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


def day_or_last(column: str):
    """A date to sort by: rows without one come after all others, on any database."""
    return Coalesce(column, Value(date.max), output_field=DateField())


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


def for_share() -> str:
    """What a statement ends with so that the rows it read stay as they are until the transaction
    ends. Others may read and share them too. SQLite has one writer at a time anyway.
    """
    return " FOR SHARE" if connection.vendor == "postgresql" else ""


def insert_all(rows: Sequence[models.Model]) -> None:
    """Insert unsaved rows of one model, which get their keys, in the order given.

    PostgreSQL reads them from one JSON document: one statement, in a fraction of the time that
    ``bulk_create`` takes to prepare every single value.
    """
    if not rows:
        return
    if connection.vendor != "postgresql":
        type(rows[0])._base_manager.bulk_create(rows)
        return
    _stamp(rows)
    columns, document = _as_json(rows)
    meta, quoted = rows[0]._meta, connection.ops.quote_name
    table, pk, names = quoted(meta.db_table), quoted(str(meta.pk.column)), ", ".join(columns)
    insert = (
        f"INSERT INTO {table} ({names}) SELECT {names} "  # noqa: S608 names of the model alone
        f"FROM json_populate_recordset(NULL::{table}, %s::json) RETURNING {pk}"
    )
    with connection.cursor() as cursor:
        cursor.execute(insert, [document])
        for row, (key,) in zip(rows, cursor.fetchall(), strict=True):
            row.pk, row._state.adding, row._state.db = key, False, connection.alias


def _stamp(rows: Sequence[models.Model]) -> None:
    now = timezone.now()
    for field in rows[0]._meta.concrete_fields:
        if getattr(field, "auto_now", False) or getattr(field, "auto_now_add", False):
            for row in rows:
                setattr(row, field.attname, now)


def _as_json(rows: Sequence[models.Model]) -> tuple[list[str], str]:
    fields = [field for field in rows[0]._meta.concrete_fields if not field.primary_key]
    names = [str(field.column) for field in fields]
    values_of = attrgetter(*(field.attname for field in fields))
    found = [dict(zip(names, values_of(row), strict=True)) for row in rows]
    document = orjson.dumps(found, default=DjangoJSONEncoder().default).decode()
    return [connection.ops.quote_name(name) for name in names], document

"""What time is logged on: looked up among what a person may see, in one statement.

A task implies its project and customer, a budget line its budget, a budget its project and
customer. Nothing here writes.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from django.apps import apps
from django.db import models
from django.db.models import F, Q, Value
from django.db.models.functions import Cast, Coalesce

from agency.errors import BusinessError
from agency.sql import MoneyField

# The values of an entry that name a record, from the most particular to the most general.
FIELDS = {
    "task_id": "crm.Task",
    "budget_line_id": "budgets.BudgetLine",
    "budget_id": "budgets.Budget",
    "project_id": "crm.Project",
    "customer_id": "crm.Customer",
}
WORDS = {"budget": "budget", "project": "project", "customer": "company"}


class Record(NamedTuple):
    """One thing that time is logged on: what it implies, and the prices that it knows."""

    field: str
    pk: int
    project: int | None
    customer: int | None
    budget: int | None
    budget_currency: str | None
    project_currency: str | None
    line_rate: Decimal | None
    service_rate: Decimal | None
    unit: str | None
    task_rate: Decimal | None
    project_rate: Decimal | None
    is_billable: bool | None
    closed_before: date | None


class Known(NamedTuple):
    """What was found, by (field, id), and the day before which the books are closed."""

    records: dict[tuple[str, int], Record]
    closed_before: date | None


class Place(NamedTuple):
    """Where an entry belongs after all is implied, with the records that say so."""

    ids: dict[str, int | None]
    sources: list[Record]

    def first(self, name: str):
        """What the most particular source says of ``name``."""
        found = (getattr(source, name) for source in self.sources)
        return next((value for value in found if value is not None), None)


def _id():
    return models.BigIntegerField()


NOTHING = {
    "field": models.TextField(),
    "pk": _id(),
    "project": _id(),
    "customer": _id(),
    "budget": _id(),
    "budget_currency": models.TextField(),
    "project_currency": models.TextField(),
    "line_rate": MoneyField(),
    "service_rate": MoneyField(),
    "unit": models.TextField(),
    "task_rate": MoneyField(),
    "project_rate": MoneyField(),
    "is_billable": models.BooleanField(),
    "closed_before": models.DateField(),
}


def _of_project(way: str = "") -> dict:
    return {"project_currency": F(f"{way}currency"), "project_rate": F(f"{way}hourly_rate")}


def _of_budget(way: str = "") -> dict:
    customer = Coalesce(f"{way}customer", f"{way}project__customer", f"{way}deal__customer")
    return {
        "project": F(f"{way}project"),
        "customer": customer,
        "budget": F(f"{way}pk"),
        "budget_currency": F(f"{way}currency"),
        **_of_project(f"{way}project__"),
    }


IMPLIES = {
    "task_id": {
        "project": F("project"),
        "customer": Coalesce("customer", "project__customer"),
        "task_rate": F("hourly_rate"),
        "is_billable": F("is_billable"),
        **_of_project("project__"),
    },
    "budget_line_id": {
        "line_rate": F("unit_price"),
        "service_rate": F("service_type__default_rate"),
        "unit": F("service_type__unit"),
        **_of_budget("budget__"),
    },
    "budget_id": _of_budget(),
    "project_id": {"project": F("pk"), "customer": F("customer"), **_of_project()},
    "customer_id": {"customer": F("pk")},
}


def look_up(rows: Iterable[Mapping], *, by, kept: Mapping = {}) -> Known:
    """Read every record that ``rows`` name, and the closed period, in one statement.

    Only what ``by`` may see is found; ``kept`` are ids that an entry has already and may keep.
    """
    asked: dict[str, set[int]] = {field: set() for field in FIELDS}
    for row in rows:
        for field in FIELDS:
            if row.get(field) is not None:
                asked[field].add(row[field])
    parts = [_closed_period()]
    for field, pks in asked.items():
        own = {kept[field]} if kept.get(field) is not None else set()
        if pks | own:
            parts.append(_branch(_visible(field, pks, own, by), field, **IMPLIES[field]))
    first, *others = parts
    found = [Record(*row) for row in (first.union(*others, all=True) if others else first)]
    closed = [record.closed_before for record in found if record.field == "period"]
    records = {(record.field, record.pk): record for record in found if record.field in FIELDS}
    return Known(records, closed[0] if closed else None)


def _visible(field: str, pks: set[int], own: set[int], by):
    rows = apps.get_model(FIELDS[field]).objects.all()
    seen = rows.filter(pk__in=pks).visible_to(by) if pks else rows.none()
    return rows.filter(Q(pk__in=own) | Q(pk__in=seen.values("pk"))) if own else seen


def _closed_period():
    period = apps.get_model("reference", "Organisation").objects.filter(pk=1)
    return _branch(period, "period", closed_before=F("locked_before"))


def _branch(rows, field: str, **columns):
    given = {"field": Value(field), "pk": F("pk"), **columns}
    every = {
        f"x_{name}": Cast(given.get(name, Value(None)), kind) for name, kind in NOTHING.items()
    }
    return rows.order_by().annotate(**every).values_list(*every)


def place(values: Mapping, known: Known, *, given: Iterable[str] | None = None) -> Place:
    """Work out where an entry belongs. Raises ``BusinessError`` on the field that is wrong.

    ``given`` are the fields that the caller sent (all by default): of two that contradict each
    other, one of those is named.
    """
    sent = set(FIELDS) if given is None else set(given)
    sources: list[Record] = []
    ids: dict[str, int | None] = {}
    for field in FIELDS:
        if values.get(field) is None:
            continue
        source = known.records.get((field, values[field]))
        if source is None:
            raise BusinessError("There is no such record that you may see.", field=field)
        _agree(ids, source, sources, sent)
        sources.append(source)
    named = {field: values.get(field) for field in ("task_id", "budget_line_id")}
    return Place({**named, **{f"{word}_id": ids.get(word) for word in WORDS}}, sources)


def _agree(ids: dict, source: Record, before: list[Record], sent: set[str]) -> None:
    for word, name in WORDS.items():
        value = getattr(source, word)
        if value is None:
            continue
        if ids.setdefault(word, value) != value:
            fields = [source.field, *(record.field for record in reversed(before))]
            blamed = next((field for field in fields if field in sent), source.field)
            raise BusinessError(f"This belongs to another {name} than the rest.", field=blamed)

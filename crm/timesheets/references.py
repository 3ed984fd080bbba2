"""What time is logged on: looked up among what a person may see, in one statement.

A task implies its project and customer, a budget line its budget, a budget its project and
customer. Nothing here writes.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache, cached_property
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


@dataclass
class Place:
    """Where an entry belongs after all is implied, with the records that say so."""

    ids: dict[str, int | None]
    sources: list[Record]

    @cached_property
    def prices(self) -> dict:
        """What the records say of the price of an hour, for the ladder."""
        steps = {"line": "line_rate", "task": "task_rate", "service": "service_rate"}
        steps |= {"project": "project_rate", "unit": "unit"}
        return {step: self.first(name) for step, name in steps.items()}

    @cached_property
    def currency(self) -> str | None:
        """The budget's currency, else the project's."""
        return self.first("budget_currency") or self.first("project_currency")

    @cached_property
    def is_billable(self) -> bool | None:
        """What the task says."""
        return self.first("is_billable")

    def first(self, name: str):
        """What the most particular source says of ``name``."""
        found = (getattr(source, name) for source in self.sources)
        return next((value for value in found if value is not None), None)


class Known:
    """What was found, by (field, id), and the day before which the books are closed."""

    def __init__(self, found: Iterable[Record]) -> None:
        self.records = {(record.field, record.pk): record for record in found}
        period = self.records.pop((PERIOD, 1), None)
        self.closed_before = period.closed_before if period else None
        self.places: dict[tuple, Place] = {}

    def place(self, values: Mapping, given: Iterable[str] = FIELDS) -> Place:
        """Where an entry belongs. Raises ``BusinessError`` on the field that is wrong.

        ``given`` are the fields that the caller sent (all by default): of two that contradict
        each other, one of those is named.
        """
        wanted = tuple(values.get(field) for field in FIELDS)
        if wanted not in self.places:
            asked = dict(zip(FIELDS, wanted, strict=True))
            self.places[wanted] = placed(asked, self.records, set(given))
        return self.places[wanted]


PERIOD = "period"
COLUMNS: dict[str, models.Field] = {
    "field": models.TextField(),
    "pk": models.BigIntegerField(),
    "project": models.BigIntegerField(),
    "customer": models.BigIntegerField(),
    "budget": models.BigIntegerField(),
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
    PERIOD: {"closed_before": F("locked_before")},
}


def look_up(rows: Iterable[Mapping], *, by, kept: Mapping = {}) -> Known:
    """Read every record that ``rows`` name, and the closed period, in one statement.

    Only what ``by`` may see is found; ``kept`` are ids that an entry has already and may keep. A
    budget beside its line needs no look of its own.
    """
    asked: dict[str, set[int]] = {field: set() for field in FIELDS}
    for row in rows:
        for field, pks in asked.items():
            pk = row.get(field)
            if pk is not None and not (field == "budget_id" and row.get("budget_line_id")):
                pks.add(pk)
    period, *parts = [_base(PERIOD).filter(pk=1)]
    for field, pks in asked.items():
        own = {kept[field]} if kept.get(field) in pks else set()
        if pks:
            parts.append(_visible(field, pks - own, own, by))
    return Known(Record(*row) for row in (period.union(*parts, all=True) if parts else period))


def _visible(field: str, pks: set[int], own: set[int], by):
    if not own:
        return _base(field).filter(pk__in=pks).visible_to(by)
    seen = apps.get_model(FIELDS[field]).objects.filter(pk__in=pks).visible_to(by)
    return _base(field).filter(Q(pk__in=own) | Q(pk__in=seen.values("pk")))


@cache
def _base(field: str):
    """All rows of a kind as tuples of ``Record``; the first part of a union gives the types."""
    columns = {"field": Value(field), "pk": F("pk"), **IMPLIES[field]}
    typed = {}
    for name, kind in COLUMNS.items():
        column = columns.get(name, Value(None, output_field=kind))
        typed[f"x_{name}"] = Cast(column, kind) if field == PERIOD else column
    model = apps.get_model(FIELDS.get(field, "reference.Organisation"))
    return model.objects.order_by().annotate(**typed).values_list(*typed)


def placed(asked: Mapping, records: Mapping, given: set[str]) -> Place:
    """Put together what the named records imply; the most particular one speaks first."""
    sources: list[Record] = []
    ids: dict[str, int | None] = {}
    for field, pk in asked.items():
        if pk is None or (field == "budget_id" and pk == ids.get("budget")):
            continue
        source = records.get((field, pk))
        if field == "budget_id" and ids.get("budget"):
            raise _contradiction(field, "budget", sources, given)
        if source is None:
            raise BusinessError("There is no such record that you may see.", field=field)
        for word in WORDS:
            value = getattr(source, word)
            if value is not None and ids.setdefault(word, value) != value:
                raise _contradiction(field, word, sources, given)
        sources.append(source)
    named = {field: asked[field] for field in ("task_id", "budget_line_id")}
    return Place({**named, **{f"{word}_id": ids.get(word) for word in WORDS}}, sources)


def _contradiction(field: str, word: str, before: list[Record], given: set[str]) -> BusinessError:
    fields = [field, *(record.field for record in reversed(before))]
    blamed = next((field for field in fields if field in given), field)
    return BusinessError(f"This belongs to another {WORDS[word]} than the rest.", field=blamed)

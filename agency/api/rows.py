"""Answers straight from rows: a serializer that reads columns instead of model instances.

A list of thousands costs one statement and no model objects; a detail goes through the same
columns, so both always agree.
"""

from collections.abc import Iterator
from operator import itemgetter
from typing import NamedTuple

from django.http import Http404
from rest_framework import serializers

from agency.api.bodies import StrictSerializer

MOST_AT_ONCE = 2000


class ColumnMixin:
    """A field that says which columns it needs and how they become a wire value."""

    @property
    def paths(self) -> list[str]:
        return [self.source.replace(".", "__")]

    def convert(self, *values):
        return values[0]


class Plan(NamedTuple):
    """How a database row becomes a wire dictionary: worked out once for each class."""

    columns: list[str]
    names: list[str]
    first: itemgetter
    conversions: list[tuple]

    def made(self, row: tuple) -> dict:
        found = dict(zip(self.names, self.first(row), strict=False))
        for name, convert, at, others in self.conversions:
            found[name] = convert(row[at]) if others is None else convert(row[at], *others(row))
        return found


class RowSerializer(serializers.Serializer):
    """The shape of an answer. Read only; ``source`` paths are columns of the queryset.

    What it makes of a row depends on the row alone, never on the request.
    """

    @classmethod
    def plan(cls) -> Plan:
        if "_plan" not in cls.__dict__:
            cls._plan = planned(cls().fields)
        return cls._plan

    def iterate(self, queryset) -> Iterator[dict]:
        """Each row of the queryset as a wire dictionary, in flat memory."""
        plan = self.plan()
        for row in queryset.values_list(*plan.columns).iterator(chunk_size=MOST_AT_ONCE):
            yield plan.made(row)

    def rows(self, queryset) -> list[dict]:
        plan = self.plan()
        return [plan.made(row) for row in queryset.values_list(*plan.columns)]

    def row_of(self, instance) -> dict:
        """A record in memory, with what it refers to, as the list shows it: without reading."""
        plan = self.plan()
        return plan.made(tuple(reached(instance, path.split("__")) for path in plan.columns))

    def row(self, queryset, pk: int) -> dict:
        """The one row with that key, as the list shows it. Raises ``Http404`` without one."""
        return self.row_and(queryset, pk)[0]

    def row_and(self, queryset, pk: int, *columns: str) -> tuple:
        """(the row, further columns of it), read in one statement."""
        plan = self.plan()
        read = [*plan.columns, *(name for name in columns if name not in plan.columns)]
        found = queryset.filter(pk=pk).values_list(*read).order_by("pk").first()
        if found is None:
            raise Http404
        return plan.made(found), *(found[read.index(name)] for name in columns)


def reached(instance, steps: list[str]):
    """The value that a column path leads to; None where a record on the way is missing."""
    for step in steps:
        instance = getattr(instance, step) if instance is not None else None
    return instance


def planned(fields) -> Plan:
    columns: dict[str, int] = {}
    first, conversions = [], []
    for name, field in fields.items():
        converts = isinstance(field, ColumnMixin)
        paths = field.paths if converts else [field.source.replace(".", "__")]
        at = [columns.setdefault(path, len(columns)) for path in paths]
        first.append(at[0])
        if converts:
            others = _several(at[1:])
            conversions.append((name, field.convert, at[0], others))
    return Plan(list(columns), list(fields), _several(first), conversions)


def _several(indexes: list[int]):
    """An ``itemgetter`` that gives a tuple for one index as well; None for no index."""
    if not indexes:
        return None
    return itemgetter(*indexes) if len(indexes) > 1 else lambda row: (row[indexes[0]],)


__all__ = ["MOST_AT_ONCE", "ColumnMixin", "Plan", "RowSerializer", "StrictSerializer"]

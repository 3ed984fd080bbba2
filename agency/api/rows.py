"""Answers straight from rows: a serializer that reads columns instead of model instances.

A list of thousands costs one statement and no model objects; a detail goes through the same
columns, so both always agree.
"""

from collections.abc import Iterator
from functools import cached_property

from rest_framework import serializers


class ColumnMixin:
    """A field that says which columns it needs and how they become a wire value."""

    @property
    def paths(self) -> list[str]:
        return [self.source.replace(".", "__")]

    def convert(self, *values):
        return values[0]


def _identity(value):
    return value


class RowSerializer(serializers.Serializer):
    """The shape of an answer. Read only; ``source`` paths are columns of the queryset."""

    @cached_property
    def _columns(self) -> list[tuple]:
        return [(name, *self._column(field)) for name, field in self.fields.items()]

    def _column(self, field) -> tuple[list[str], object]:
        if isinstance(field, ColumnMixin):
            return field.paths, field.convert
        return [field.source.replace(".", "__")], _identity

    def iterate(self, queryset) -> Iterator[dict]:
        """Each row of the queryset as a wire dictionary, in flat memory."""
        paths = list(dict.fromkeys(path for _, some, _ in self._columns for path in some))
        at = {path: index for index, path in enumerate(paths)}
        plan = [(name, [at[path] for path in some], do) for name, some, do in self._columns]
        rows = queryset.values_list(*paths)
        for row in rows.iterator(chunk_size=2000):
            yield {name: do(*(row[index] for index in where)) for name, where, do in plan}

    def rows(self, queryset) -> list[dict]:
        return list(self.iterate(queryset))

    def row(self, queryset, pk: int) -> dict:
        """The one row with that key, as the list shows it."""
        [found] = self.rows(queryset.filter(pk=pk).order_by())
        return found


class StrictSerializer(serializers.Serializer):
    """A request body. A field that nobody knows is an error: a typo never loses data."""

    def to_internal_value(self, data):
        if not isinstance(data, dict):
            raise serializers.ValidationError({"non_field_errors": ["Send a JSON object."]})
        unknown = sorted(set(data) - set(self.fields))
        if unknown:
            raise serializers.ValidationError({name: ["Unknown field."] for name in unknown})
        if self.partial and self.parent is None and not data:
            raise serializers.ValidationError({"non_field_errors": ["Send at least one field."]})
        return super().to_internal_value(data)

"""The people on a record in the CRM dialect: a list of their ids."""

from rest_framework import serializers

from agency.api.fields import RelatedIds
from agency.api.names import Spelling, placed
from agency.api.rows import ColumnMixin


class Ids(ColumnMixin, serializers.ListField):
    """The ids in a column of ``agency.sql.people_of``, in order."""

    child = serializers.IntegerField()

    def convert(self, people):
        return sorted(person[0] for person in people or [])


class People(Spelling):
    """Colleagues tied to a record; ``column`` is where the queryset gathers them."""

    def __init__(self, source: str, column: str) -> None:
        super().__init__(source)
        self.column = column

    def shown(self, name, names):
        return {name: placed(Ids(source=self.column, read_only=True), name)}

    def sent(self, name, names, *, required):
        return placed(RelatedIds("staff.Staff", source=self.source, required=required), name)

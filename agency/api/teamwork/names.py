"""Rows and bodies whose names hold dashes: made from tables, as no attribute can bear them."""

from rest_framework.serializers import Field

from agency.api.bodies import LooseSerializer
from agency.api.names import placed
from agency.api.rows import RowSerializer
from agency.api.teamwork.fields import TextOut


class TeamworkBody(LooseSerializer):
    """A body in which an empty text says nothing, unless the field can be emptied."""

    def canonical(self, data):
        found = super().canonical(data)
        return {
            name: value
            for name, value in found.items()
            if value != "" or self.fields[name].allow_null
        }


def row(name: str, model, fields: dict[str, Field | str]) -> type[RowSerializer]:
    """The shape of an answer: each name before its field, or the path of a column shown as text."""
    made = {
        wire: placed(TextOut(source=one) if isinstance(one, str) else one, wire)
        for wire, one in fields.items()
    }
    return type(name, (RowSerializer,), made | {"model": model})


def body(name: str, fields: dict[str, Field]) -> type[TeamworkBody]:
    """The shape of a body: each name before its field."""
    return type(name, (TeamworkBody,), dict(fields))

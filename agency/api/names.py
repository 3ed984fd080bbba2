"""A resource as a dialect spells it: one table of names, from which answers and bodies are made.

::

    class ContactNames(V1Names):
        model = Contact
        both = {"userid": "customer", "firstname": "first_name", "phonenumber": "phone"}
        shown = {"id": "pk", "datecreated": "created_at"}
        required = {"userid", "firstname"}
        accepts = {"customer_id": "userid"}

Each name stands before the column that it spells; the column says the type. Where a column is
written otherwise than it is stored, a ``Spelling`` stands in place of its path.
"""

from functools import cache
from typing import Any, ClassVar

from rest_framework import serializers

from agency.api.bodies import LooseSerializer
from agency.api.rows import RowSerializer


class Spelling:
    """How one column is written and read, under one or more names."""

    def __init__(self, source: str) -> None:
        self.source = source

    def shown(self, name: str, names: type["Names"]) -> dict[str, serializers.Field]:
        """The fields of an answer, by name."""
        raise NotImplementedError

    def sent(self, name: str, names: type["Names"], *, required: bool) -> serializers.Field:
        """The field of a body."""
        raise NotImplementedError

    def annotations(self) -> dict[str, Any]:
        """Columns that a queryset must have beside the model's own."""
        return {}

    def asked(self, text: str) -> Any:
        """What a filter of this name compares with; None for what is not known."""
        return text

    def asked_shape(self) -> dict | None:
        """The schema of such a filter; None where the filter's own holds."""
        return None


class Column(Spelling):
    """A column as the dialect writes its type."""

    def shown(self, name, names):
        made = names.kinds.shown(names.model, self.source)
        return {name: placed(made, name)}

    def sent(self, name, names, *, required):
        return placed(names.kinds.sent(names.model, self.source, required=required), name)


class Fields(Spelling):
    """A field for the answer, one for the body; either may be missing."""

    def __init__(self, source: str, *, out=None, into=None) -> None:
        super().__init__(source)
        self.out, self.into = out, into

    def shown(self, name, names):
        return {name: placed(self.out(source=self.source), name)} if self.out else {}

    def sent(self, name, names, *, required):
        return placed(self.into(source=self.source, required=required), name)


class Names:
    """The table of one resource. ``both`` is shown and read, ``shown`` and ``sent`` only so.

    ``required`` names what a create must hold, ``accepts`` further spellings in a body.
    ``kinds`` is how the dialect writes each type of column.
    """

    kinds: ClassVar[Any]
    model: ClassVar[Any]
    both: ClassVar[dict[str, Any]] = {}
    shown: ClassVar[dict[str, Any]] = {}
    sent: ClassVar[dict[str, Any]] = {}
    required: ClassVar[set[str]] = set()
    accepts: ClassVar[dict[str, str]] = {}

    @classmethod
    @cache
    def row(cls) -> type[RowSerializer]:
        """The shape of an answer."""
        fields: dict[str, Any] = {"model": cls.model}
        for name, spelling in {**cls.shown, **cls.both}.items():
            fields |= spelled(spelling).shown(name, cls)
        return cls.made(RowSerializer, fields)

    @classmethod
    @cache
    def body(cls) -> type[LooseSerializer]:
        """What a create and a change read."""
        fields: dict[str, Any] = {"accepts": cls.accepts}
        for name, spelling in {**cls.both, **cls.sent}.items():
            fields[name] = spelled(spelling).sent(name, cls, required=name in cls.required)
        return cls.made(LooseSerializer, fields)

    @classmethod
    def made(cls, base: type, fields: dict) -> type:
        """A class under this resource's name, for the schema."""
        name = cls.__name__.removesuffix("Names")
        return type(name, (base,), fields | {"__module__": cls.__module__, "__doc__": cls.__doc__})

    @classmethod
    @cache
    def annotations(cls) -> dict[str, Any]:
        """What the spellings need beside the model's columns."""
        found: dict[str, Any] = {}
        for spelling in {**cls.shown, **cls.both}.values():
            found |= spelled(spelling).annotations()
        return found

    @classmethod
    @cache
    def sorts(cls) -> dict[str, str]:
        """The names that a list may be ordered by: those that spell a column of its own table."""
        own = {field.name for field in cls.model._meta.fields} | {"pk"}
        paths = {name: spelled(one).source for name, one in {**cls.shown, **cls.both}.items()}
        return {name: path for name, path in paths.items() if path in own}

    @classmethod
    def name_of(cls, field: str) -> str:
        """The name that spells a model's field; the field's own where none does."""
        table = {**cls.shown, **cls.sent, **cls.both}
        return next((name for name, one in table.items() if spelled(one).source == field), field)


def spelled(value) -> Spelling:
    return value if isinstance(value, Spelling) else Column(value)


def placed(field: serializers.Field, name: str) -> serializers.Field:
    """The field under a name; DRF wants no source where both are the same."""
    if field.source == name:
        field.source = None
        field._kwargs.pop("source", None)
    return field

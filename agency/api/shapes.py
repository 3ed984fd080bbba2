"""Fields and serializers as JSON Schema, exactly as the wire has them."""

from datetime import date, datetime
from decimal import Decimal

from rest_framework import serializers
from rest_framework.fields import empty

from agency.api import fields
from agency.api.answers import Nullable
from agency.api.bodies import LooseSerializer
from agency.api.rows import RowSerializer

ID = {"type": "string", "pattern": "^[0-9]{1,19}$"}
ID_IN = {"type": ["string", "integer"], "pattern": "^[0-9]{1,19}$", "minimum": 1}
NUMBER = {"type": "number"}
NUMERIC_TEXT = r"^\s*[-+]?[0-9]+(\.[0-9]{0,4})?\s*$"
TYPES = {
    str: {"type": "string"},
    bool: {"type": "boolean"},
    int: {"type": "integer"},
    Decimal: NUMBER,
    date: {"type": "string", "format": "date"},
    datetime: {"type": "string", "format": "date-time"},
}
# The first entry that fits decides, so subclasses stand before their bases.
FIELDS = (
    (fields.IdField, ID),
    (fields.RelatedId, ID_IN),
    (serializers.PrimaryKeyRelatedField, ID_IN),
    (fields.CurrencyIn, {"type": "string", "pattern": "^[A-Za-z]{3}$"}),
    (serializers.BooleanField, TYPES[bool]),
    (serializers.EmailField, {"type": "string", "format": "email"}),
    (serializers.URLField, {"type": "string", "format": "uri"}),
    (serializers.UUIDField, {"type": "string", "format": "uuid"}),
    (serializers.CharField, TYPES[str]),
    (serializers.IntegerField, TYPES[int]),
    (serializers.DateTimeField, TYPES[datetime]),
    (serializers.DateField, TYPES[date]),
    (serializers.TimeField, {"type": "string", "format": "time"}),
    (serializers.FileField, {"type": "string", "contentMediaType": "application/octet-stream"}),
    (serializers.JSONField, {}),
)


class Shapes:
    """Turns what views declare into schemas; named ones go to ``register(name, kind, make)``.

    ``models`` tells the model that a row class reads, for those that do not say it themselves.
    """

    def __init__(self, register, models: dict) -> None:
        self.register = register
        self.models = models

    def of(self, value) -> dict:
        """The schema of a value in an answer."""
        if isinstance(value, Nullable):
            return nullable(self.of(value.value))
        if isinstance(value, list):
            return {"type": "array", "items": self.of(value[0])}
        if isinstance(value, dict):
            return self.envelope(value)
        return self.leaf(value)

    def leaf(self, value) -> dict:
        if isinstance(value, bool | str):
            return {"const": value}
        if isinstance(value, serializers.Field):
            return self.field(value, answer=True)
        if value in TYPES:
            return dict(TYPES[value])
        return self.named(value, answer=True)

    def envelope(self, keys: dict) -> dict:
        properties = {name: self.of(value) for name, value in keys.items()}
        return closed(properties, list(properties))

    def body(self, value, *, partial: bool) -> dict:
        """The schema of a request body."""
        if isinstance(value, dict):
            return value
        if isinstance(value, tuple):
            return {"oneOf": [self.body(one, partial=partial) for one in value]}
        return self.named(value, answer=False, partial=partial)

    def named(self, made, *, answer: bool, partial: bool = False) -> dict:
        """A reference to the component of a serializer class or instance."""
        kind = made if isinstance(made, type) else type(made)
        name = kind.__name__.removesuffix("Serializer")
        name += "" if answer else ("Changes" if partial else "Input")
        return self.register(
            name, (kind, partial), lambda: self.serializer(kind(), answer, partial)
        )

    def serializer(self, made, answer: bool, partial: bool) -> dict:
        model = getattr(made, "model", None) or self.models.get(type(made))
        wanted = {
            name: field
            for name, field in made.fields.items()
            if not (field.write_only if answer else field.read_only)
        }
        properties = {
            name: self.field(field, model, answer=answer) for name, field in wanted.items()
        }
        must = not getattr(made, "is_partial", False) if answer else not partial
        required = [name for name, field in wanted.items() if must and (answer or field.required)]
        is_loose = isinstance(made, LooseSerializer)
        schema = (
            loose(properties, required, made.accepts) if is_loose else closed(properties, required)
        )
        if partial and not is_loose:
            schema["minProperties"] = 1
        if type(made).__doc__ and type(made).__module__.split(".")[0] != "rest_framework":
            schema["description"] = " ".join(type(made).__doc__.split())
        return schema

    def field(self, field, model=None, *, answer: bool) -> dict:
        schema = self.declared(field, answer=answer)
        if schema is None:
            schema = self.shape(field, model, answer=answer)
        if not answer:
            schema |= limits(field)
        if field.help_text:
            schema["description"] = str(field.help_text)
        may_be_null = field.allow_null or (answer and reads_null(field, model))
        return nullable(schema) if may_be_null else schema

    def declared(self, field, *, answer: bool) -> dict | None:
        """What the field itself says: a ``schema`` attribute, or two of them by direction."""
        found = getattr(field, "schema_out" if answer else "schema_in", None)
        found = found if found is not None else getattr(field, "schema", None)
        return None if found is None else dict(found)

    def shape(self, field, model, *, answer: bool) -> dict:
        if isinstance(field, serializers.ListSerializer | serializers.ListField):
            return {"type": "array", "items": self.field(field.child, model, answer=answer)}
        if isinstance(field, serializers.ManyRelatedField):
            return {"type": "array", "items": dict(ID if answer else ID_IN)}
        if isinstance(field, serializers.BaseSerializer):
            return self.named(field, answer=answer)
        if isinstance(field, serializers.DictField):
            values = self.field(field.child, model, answer=answer)
            return {"type": "object", "additionalProperties": values}
        return simple(field, answer=answer)


def simple(field, *, answer: bool) -> dict:
    if isinstance(field, serializers.ChoiceField):
        return choice(field, answer=answer)
    if isinstance(field, serializers.DecimalField):
        return dict(NUMBER) if answer else amount(field)
    if answer and isinstance(field, fields.RelatedId):
        return dict(ID)
    for kind, schema in FIELDS:
        if isinstance(field, kind):
            return dict(schema)
    raise TypeError(f"{field!r} has no known shape; give it a ``schema``.")


def closed(properties: dict, required: list[str]) -> dict:
    schema = {"type": "object", "properties": properties, "additionalProperties": False}
    return schema | ({"required": required} if required else {})


def loose(properties: dict, required: list[str], accepts: dict[str, str]) -> dict:
    """A body that passes over what it does not know, and has two names for some fields."""
    spellings = {name: dict(properties[first]) for name, first in accepts.items()}
    schema: dict = {"type": "object", "properties": properties | spellings}
    plain = [name for name in required if name not in accepts.values()]
    choices = [
        {"anyOf": [{"required": [one]} for one in (first, *names_for(first, accepts))]}
        for first in required
        if first not in plain
    ]
    return schema | ({"required": plain} if plain else {}) | ({"allOf": choices} if choices else {})


def names_for(first: str, accepts: dict[str, str]) -> list[str]:
    return [name for name, known in accepts.items() if known == first]


def choice(field, *, answer: bool) -> dict:
    words = list(field.choices)
    if not answer and field.allow_blank:
        words.append("")
    kinds = sorted({"integer" if isinstance(word, int) else "string" for word in words})
    return {"type": kinds[0] if len(kinds) == 1 else kinds, "enum": words}


def amount(field) -> dict:
    """A decimal in a body: a number, or a text that holds one."""
    schema: dict = {"type": ["number", "string"], "pattern": NUMERIC_TEXT}
    if field.min_value is not None:
        schema["minimum"] = Decimal(field.min_value)
    if field.max_value is not None:
        schema["maximum"] = Decimal(field.max_value)
    return schema


def limits(field) -> dict:
    """The bounds that a text, whole number or list in a body has."""
    found = {}
    if isinstance(field, serializers.CharField) and not isinstance(field, fields.CurrencyIn):
        found = {"minLength": None if field.allow_blank else 1, "maxLength": field.max_length}
    if isinstance(field, serializers.IntegerField):
        found = {"minimum": field.min_value, "maximum": field.max_value}
    if isinstance(field, serializers.ListField | serializers.ListSerializer):
        least = field.min_length or (None if field.allow_empty else 1)
        found = {"minItems": least, "maxItems": field.max_length}
    if field.default not in (empty, None) and isinstance(field.default, str | int):
        found["default"] = field.default
    return {name: value for name, value in found.items() if value is not None}


def nullable(schema: dict) -> dict:
    if not schema:
        return schema
    if "$ref" in schema or "oneOf" in schema or "const" in schema:
        return {"oneOf": [schema, {"type": "null"}]}
    kinds = schema["type"] if isinstance(schema["type"], list) else [schema["type"]]
    kinds = kinds if "null" in kinds else [*kinds, "null"]
    return (
        schema | {"type": kinds} | ({"enum": [*schema["enum"], None]} if "enum" in schema else {})
    )


def reads_null(field, model) -> bool:
    """Whether the column that a row's field reads, or a step on the way to it, can be null.

    Annotations are not columns: a field that reads one says ``allow_null`` itself.
    """
    if model is None or not isinstance(field.parent, RowSerializer):
        return False
    if getattr(field, "is_never_null", False):
        return False
    for part in field.source.split("."):
        known = {**{f.name: f for f in model._meta.fields}}
        known |= {f.attname: f for f in model._meta.fields}
        column = known.get("id" if part == "pk" else part)
        if column is None:
            return False
        if column.null:
            return True
        model = column.related_model or model
    return False


__all__ = ["ID", "ID_IN", "Shapes", "closed", "nullable"]

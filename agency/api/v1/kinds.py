"""How the CRM dialect writes and reads each type of column."""

from django.db import models
from rest_framework import serializers

from agency.api.fields import AmountIn, MoneyOut, PlainOut, RelatedId, TextIn
from agency.api.v1.fields import MomentIn, MomentOut
from agency.sql import MoneyField


def column_at(model, path: str):
    """The model's field at the end of a path such as ``customer.name``."""
    for part in path.split("."):
        field = model._meta.pk if part == "pk" else model._meta.get_field(part)
        model = field.related_model or model
    return field


def shown(model, path: str) -> serializers.Field:
    """The field that an answer shows a column with."""
    field = column_at(model, path)
    if isinstance(field, models.ForeignKey):
        return serializers.IntegerField(source=f"{path}_id", read_only=True)
    if isinstance(field, MoneyField):
        return MoneyOut(source=path)
    for kind, made in SHOWN:
        if isinstance(field, kind):
            return made(source=path, read_only=True)
    raise TypeError(f"{field} has no usual form here: spell it.")


SHOWN = (
    (models.DecimalField, PlainOut),
    (models.BooleanField, serializers.BooleanField),
    (models.IntegerField, serializers.IntegerField),
    (models.DateTimeField, MomentOut),
    (models.DateField, serializers.DateField),
    (models.CharField, serializers.CharField),
    (models.TextField, serializers.CharField),
)


def sent(model, path: str, *, required: bool) -> serializers.Field:
    """The field that a body fills a column with."""
    field = column_at(model, path)
    options = {"source": path, "required": required}
    if isinstance(field, models.ForeignKey):
        label = field.related_model._meta.label
        return RelatedId(label, allow_null=field.null and not required, **options)
    if isinstance(field, models.CharField | models.TextField):
        return text(field, options, required=required)
    if field.null and not required:
        options["allow_null"] = True
    for kind, made in SENT:
        if isinstance(field, kind):
            return made(**options)
    raise TypeError(f"{field} has no usual form here: spell it.")


def text(field, options: dict, *, required: bool) -> serializers.Field:
    if field.choices:
        return serializers.ChoiceField(choices=field.choices, **options)
    if isinstance(field, models.EmailField):
        options |= {} if required else {"allow_blank": True}
        return serializers.EmailField(max_length=field.max_length, **options)
    if required:
        return serializers.CharField(max_length=field.max_length, **options)
    return TextIn(max_length=field.max_length, source=options["source"])


SENT = (
    (models.DecimalField, AmountIn),
    (models.BooleanField, serializers.BooleanField),
    (models.IntegerField, serializers.IntegerField),
    (models.DateTimeField, MomentIn),
    (models.DateField, serializers.DateField),
)

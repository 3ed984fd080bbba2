"""Where a record is named by others: read from the models, so that no app is forgotten."""

from collections.abc import Iterator

from django.apps import apps
from django.db.models import Model, QuerySet

# What was done to a record stays told of that record.
HISTORY = {"records.Event", "records.Effect"}
# Rows are locked in the order in which the other operations do: budget, invoice, then time.
PACKAGES = ("budgets", "billing", "crm")


def keys_to(model: type[Model]) -> list[tuple[type[Model], str]]:
    """(model, name) of each foreign key to ``model``, in the order of locking."""
    found = [
        (relation.related_model, relation.field.name)
        for relation in model._meta.get_fields(include_hidden=True)
        if relation.auto_created and not relation.concrete and relation.field.concrete
    ]
    return sorted(found, key=lambda key: _rank(key[0]))


def _rank(model: type[Model]) -> int:
    label = model._meta.app_label
    return PACKAGES.index(label) if label in PACKAGES else len(PACKAGES)


def about(record: Model) -> Iterator[QuerySet]:
    """The rows of each kind that hang on a record by its name: notes, comments, files, tasks."""
    for model in apps.get_models():
        names = {field.name for field in model._meta.concrete_fields}
        if {"subject_type", "subject_id"} <= names and model._meta.label not in HISTORY:
            yield model._base_manager.filter(subject_type=record.subject_name, subject_id=record.pk)


def keys_among(model: type[Model], target: type[Model]) -> list[str]:
    """The names of a model's own foreign keys to ``target``."""
    return [field.name for field in model._meta.concrete_fields if field.related_model is target]

"""How a plain record is written: every field checked, saved, and noted in its history.

The operations of small tables are these three; whoever calls them holds a transaction.
"""

from typing import Any, TypeVar

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import IntegrityError, models, transaction
from django.db.models import ProtectedError
from django.db.models.fields.files import FieldFile

from agency.errors import BusinessError, ConflictError
from agency.records.history import changed, record, spelled

Record = TypeVar("Record", bound=models.Model)
TAKEN = {"unique", "unique_together"}


def locked(instance: Record) -> Record:
    """The row as it stands now, locked until the transaction ends."""
    model = instance._meta.model  # the type of request.user is that of its wrapping
    return model._default_manager.select_for_update(of=("self",)).get(pk=instance.pk)


def add(instance: Record, *, by, **facts: Any) -> Record:
    """Save a new record; ``facts`` go into its history.

    Raises ``BusinessError`` naming the first field that is wrong, ``ConflictError`` for one that
    must be unique and is taken.
    """
    check(instance)
    _saved(instance, force_insert=True)
    record(instance, "created", by=by, **spelled({name: [None, to] for name, to in facts.items()}))
    return instance


def change(instance: Record, *, by, verb: str = "updated", **values: Any) -> Record:
    """Lock the row, write the ``values`` that differ, note them; nothing differs: nothing written.

    Raises as ``add``.
    """
    instance = locked(instance)
    differing = changed(instance, values)
    if not differing:
        return instance
    for name, (_, after) in differing.items():
        setattr(instance, name, after)
    check(instance)
    stamps = [field.name for field in instance._meta.fields if getattr(field, "auto_now", False)]
    _saved(instance, update_fields=[*differing, *stamps])
    record(instance, verb, by=by, **spelled(as_stored(instance, differing)))
    return instance


def as_stored(instance: models.Model, differing: dict[str, list]) -> dict[str, list]:
    """The changes with the values that the checks have left in the instance."""
    return {
        name: [_named(before), _named(getattr(instance, name))]
        for name, (before, _) in differing.items()
    }


def _named(value: Any) -> Any:
    return value.name or "" if isinstance(value, FieldFile) else value


def remove(instance: models.Model, *, by) -> None:
    """Delete a record that nothing refers to, else ``ConflictError``."""
    record(instance, "deleted", by=by, name=[str(instance), None])
    try:
        with transaction.atomic():
            instance.delete()
    except ProtectedError as error:
        raise ConflictError(f"“{instance}” is in use; it cannot be deleted.") from error


def check(instance: models.Model) -> None:
    """Run the model's own checks; the first failure becomes a ``BusinessError`` on its field."""
    try:
        instance.full_clean()
    except ValidationError as error:
        raise refusal(error) from error


def refusal(error: ValidationError) -> BusinessError:
    """The first reason of a ``ValidationError``; 409 where another record holds the value."""
    field, errors = next(iter(error.error_dict.items()))
    first = errors[0]
    kind = ConflictError if first.code in TAKEN else BusinessError
    return kind(" ".join(first.messages), field=None if field == NON_FIELD_ERRORS else field)


def _saved(instance: models.Model, **how: Any) -> None:
    try:
        with transaction.atomic():
            instance.save(**how)
    except IntegrityError as error:
        raise ConflictError("Somebody else saved the same at this moment. Try again.") from error

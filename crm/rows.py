"""Rows that an operation holds, changes, or finds still in use."""

from collections.abc import Iterable

from django.db import models
from django.db.models.deletion import PROTECT, RESTRICT, ProtectedError, RestrictedError

from agency.errors import BusinessError, ConflictError


def locked(record):
    """The row as it stands now, locked until the transaction ends.

    Raises ``ConflictError`` once somebody has deleted it.
    """
    rows = type(record)._default_manager.select_for_update()
    found = rows.filter(pk=record.pk).first()
    if found is None:
        raise ConflictError(f"“{record}” has been deleted meanwhile.")
    return found


def write(record, changes: dict[str, list]) -> None:
    """Set the ``{field: [before, after]}`` of ``agency.records.history.changed`` and save them."""
    for name, (_, value) in changes.items():
        setattr(record, name, value)
    record.save(update_fields=[*changes, "updated_at"])


def require_active(person, *, field: str) -> None:
    """Work is given to people who still work here."""
    if person is not None and not person.is_active:
        raise BusinessError(f"{person} is no longer active.", field=field)


def remove(record, *, besides: Iterable[models.QuerySet] = ()) -> None:
    """Delete a row that nothing else needs.

    Raises ``ConflictError`` naming what keeps it: rows that point at it and may not lose it, and
    those of ``besides``.
    """
    kept_by = [*_uses(record), *((rows.model, rows.count()) for rows in besides)]
    kept_by.sort(key=lambda use: str(use[0]._meta.verbose_name))
    named = [_counted(model, number) for model, number in kept_by if number]
    if named:
        raise ConflictError(f"“{record}” cannot be deleted: it has {_listed(named)}.")
    try:
        record.delete()
    except (ProtectedError, RestrictedError) as error:
        models_of = {type(row) for row in error.args[1]}
        named = sorted(str(model._meta.verbose_name_plural) for model in models_of)
        message = f"“{record}” cannot be deleted: what belongs to it has {_listed(named)}."
        raise ConflictError(message) from error


def _uses(record):
    for relation in record._meta.get_fields(include_hidden=True):
        keeps = getattr(relation, "on_delete", None) in (PROTECT, RESTRICT)
        if relation.auto_created and not relation.concrete and keeps:
            rows = relation.related_model._base_manager.filter(**{relation.field.name: record.pk})
            yield relation.related_model, rows.count()


def _counted(model, number: int) -> str:
    names = model._meta
    return f"{number} {names.verbose_name if number == 1 else names.verbose_name_plural}"


def _listed(names: list[str]) -> str:
    return " and ".join(filter(None, [", ".join(names[:-1]), names[-1]]))

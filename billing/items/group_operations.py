"""Groups of items are made, changed and removed here."""

from django.db import transaction

from agency.errors import ConflictError
from agency.reference import writing
from billing.items.models import ItemGroup


@transaction.atomic
def create(*, by, name: str) -> ItemGroup:
    """Add a group. Raises ``ConflictError`` where the name is taken, in whatever case."""
    require_free(name)
    return writing.add(ItemGroup(name=name), by=by, name=name)


@transaction.atomic
def update(group: ItemGroup, *, by, name: str) -> ItemGroup:
    require_free(name, besides=group)
    return writing.change(group, by=by, name=name)


@transaction.atomic
def delete(group: ItemGroup, *, by) -> None:
    """Remove an empty group. Raises ``ConflictError`` while items stand in it."""
    writing.remove(group, by=by)


def require_free(name: str, besides: ItemGroup | None = None) -> None:
    same = ItemGroup.objects.filter(name__iexact=name)
    if besides:
        same = same.exclude(pk=besides.pk)
    if same.exists():
        raise ConflictError(f"There is a group “{name}” already.", field="name")

"""Saved views are kept, changed and removed here."""

from django.db import IntegrityError, transaction
from django.http import QueryDict

from agency.errors import BusinessError, NotAllowedError
from agency.ui.models import SavedView

LONGEST = SavedView._meta.get_field("query").max_length or 0
NOT_KEPT = ("page", "export", "part", "csrfmiddlewaretoken")


def kept_query(query: str) -> str:
    """The part of a query string that makes a view: no page number, no empty values."""
    given = QueryDict(query.lstrip("?"), mutable=True)
    for name in NOT_KEPT:
        given.pop(name, None)
    kept = QueryDict(mutable=True)
    for name, values in sorted(given.lists()):
        kept.setlist(name, [value for value in values if value])
    return kept.urlencode()


def save_view(*, page: str, name: str, query: str, is_shared: bool = False, by) -> SavedView:
    """Keep a list's state under a name; the same name of the same person is replaced.

    Raises ``BusinessError`` for a state that is too long to keep.
    """
    kept = kept_query(query)
    if len(kept) > LONGEST:
        raise BusinessError("These filters are too long to be kept as a view.")
    view, _ = SavedView.objects.update_or_create(
        owner=by,
        page=page,
        name=name,
        defaults={"query": kept, "is_shared": is_shared},
    )
    return view


def change_view(view: SavedView, *, name: str, is_shared: bool, by) -> SavedView:
    """Rename a view or share it; only its owner may."""
    _require_owner(view, by)
    view.name, view.is_shared = name, is_shared
    try:
        with transaction.atomic():
            view.save(update_fields=["name", "is_shared"])
    except IntegrityError as error:
        raise BusinessError("You have another view of that name.", field="name") from error
    return view


def delete_view(view: SavedView, *, by) -> None:
    """Remove a view; only its owner may."""
    _require_owner(view, by)
    view.delete()


def _require_owner(view: SavedView, by) -> None:
    if view.owner_id != by.pk:
        raise NotAllowedError("Only the owner of a view may change it.")

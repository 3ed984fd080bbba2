"""Records that form fields find by typing; each app registers its own in ``ready()``."""

from collections.abc import Callable
from dataclasses import dataclass

from django.urls import reverse

AT_ONCE = 20


@dataclass(frozen=True)
class Picker:
    """``find(staff, text)`` gives a queryset; ``label`` and ``detail`` say a row in words.

    ``fills`` gives the fields of a line that starts from the row, by their names in its form.
    """

    find: Callable
    label: Callable
    permission: str
    detail: Callable | None = None
    fills: Callable | None = None


_pickers: dict[str, Picker] = {}


def add(name: str, find: Callable, *, permission: str, label: Callable = str, **says) -> None:
    """Register what a ``PickField(name, …)`` or the line editor searches."""
    _pickers[name] = Picker(find, label, permission, **says)


def path(name: str) -> str:
    return reverse("pick", args=[name])


def options(name: str, staff, text: str) -> list[dict] | None:
    """The first matches as {value, text, detail}; None where there is no such picker for them."""
    picker = _pickers.get(name)
    if picker is None or not staff.has_perm(picker.permission):
        return None
    found = picker.find(staff, text.replace("\0", "").strip()[:100])[:AT_ONCE]
    return [option(picker, row) for row in found]


def option(picker: Picker, row) -> dict:
    said = {
        "value": str(row.pk),
        "text": str(picker.label(row)),
        "detail": str(picker.detail(row) or "") if picker.detail else "",
    }
    return said | ({"fills": picker.fills(row)} if picker.fills else {})

"""Which panels a record's page shows; the apps that own the rows register them in ``ready()``.

The customer's page never imports invoices: ``panels.add("customer", "invoices", "Invoices",
"customer-invoices", permission="invoices:view")`` in the invoice app is all it takes. The panel's
route takes the record's key and answers a fragment. The home page is the subject ``home``: its
panels (places ``top``, ``main`` and ``rail``) belong to no record, their routes take no key.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.urls import reverse

PLACES = ("tab", "top", "main", "rail")


@dataclass(frozen=True)
class Panel:
    """A part of a record's page: a tab, a section below the work, or a box in the rail."""

    subject: str
    key: str
    label: str
    url: str
    permission: str = ""
    order: int = 50
    place: str = "tab"
    count: Callable | None = None  # (record, staff) -> number beside the tab
    shown: Callable | None = None  # (staff) -> whether this person has a use for it

    def href(self, record=None) -> str:
        """The fragment's path; a panel of the home page has no record and takes no key."""
        return reverse(self.url, args=[record.pk] if record else [])


_panels: dict[tuple[str, str], Panel] = {}


def add(subject: str, key: str, label: str, url: str, **options) -> None:
    """Register a panel on the page of ``subject``; the same key again replaces it."""
    _panels[subject, key] = Panel(subject, key, label, url, **options)


def panels_for(subject: str, staff, place: str = "") -> list[Panel]:
    """The panels that this person may see, in order."""
    mine = [
        panel
        for panel in _panels.values()
        if panel.subject == subject
        and place in ("", panel.place)
        and (not panel.permission or staff.has_perm(panel.permission))
        and (panel.shown is None or panel.shown(staff))
    ]
    return sorted(mine, key=lambda panel: (panel.order, panel.label))

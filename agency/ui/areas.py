"""The pages under Settings; each app lists its own in ``ready()``.

``areas.add("Money", "Taxes", "tax-list", "percent", "Rates that lines choose from",
permission="settings:view")``. An area whose route is not installed is left out.
"""

from dataclasses import dataclass

from django.urls import NoReverseMatch, reverse

GROUPS = ("Agency", "People", "Money", "Connections", "You")


@dataclass(frozen=True)
class Area:
    """One page of the settings: where, what it holds, who may see it."""

    group: str
    label: str
    url: str
    icon: str
    text: str
    permission: str = ""
    order: int = 50

    @property
    def href(self) -> str:
        try:
            return reverse(self.url)
        except NoReverseMatch:
            return ""

    def allowed(self, staff) -> bool:
        return not self.permission or staff.has_perm(self.permission)


_areas: dict[str, Area] = {}


def add(group: str, label: str, url: str, icon: str, text: str, **options) -> None:
    """Put a page under Settings; ``url`` is the name of a route."""
    _areas[url] = Area(group, label, url, icon, text, **options)


def areas(staff) -> list[Area]:
    """The areas that this person may see, in order."""
    mine = [area for area in _areas.values() if area.allowed(staff) and area.href]
    return sorted(mine, key=lambda area: (GROUPS.index(area.group), area.order, area.label))


def grouped(staff) -> list[tuple[str, list[Area]]]:
    """The same under their headings."""
    found: dict[str, list[Area]] = {}
    for area in areas(staff):
        found.setdefault(area.group, []).append(area)
    return list(found.items())

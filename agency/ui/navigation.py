"""The left menu, the + New menu and the shell's own slots; each app fills them in ``ready()``."""

from collections.abc import Callable
from dataclasses import dataclass

from django.urls import NoReverseMatch, reverse

SECTIONS = ("", "Sell", "Deliver", "Money", "Insight", "Foot")


@dataclass(frozen=True)
class Entry:
    """One line of the menu. ``count`` gives (number, tone) or a number, or nothing to show."""

    section: str
    label: str
    url: str
    icon: str
    permission: str = ""
    count: Callable | None = None
    key: str = ""  # g then this letter goes there
    order: int = 50
    phone: str = ""  # its label in the bar at the foot of a phone
    within: tuple[str, ...] = ()  # url names of pages that light up this entry
    shown: Callable | None = None  # (staff) -> whether it is of use to them, beside the permission

    @property
    def href(self) -> str:
        return _path(self.url)

    @property
    def is_counted(self) -> bool:
        return self.count is not None  # templates would call the function itself

    def allowed(self, staff) -> bool:
        may = not self.permission or staff.has_perm(self.permission)
        return may and (self.shown is None or self.shown(staff))


@dataclass(frozen=True)
class NewItem:
    """One line of the + New menu; c then the letter opens it."""

    label: str
    url: str
    icon: str
    permission: str
    key: str = ""
    dialog: bool = False
    order: int = 50

    @property
    def href(self) -> str:
        return _path(self.url)


@dataclass(frozen=True)
class Slot:
    """A place in the top bar that htmx fills, such as the running timer."""

    name: str
    url: str
    permission: str = ""

    @property
    def href(self) -> str:
        return _path(self.url)


_entries: dict[str, Entry] = {}
_new_items: dict[str, NewItem] = {}
_slots: dict[str, Slot] = {}
_brand: list[Callable[[], str]] = []


def add(section: str, label: str, url: str, icon: str, **options) -> None:
    """Put a line into the menu; ``url`` is the name of a route."""
    _entries[url] = Entry(section, label, url, icon, **options)


def add_new(label: str, url: str, icon: str, permission: str, **options) -> None:
    """Put a line into the + New menu."""
    _new_items[url] = NewItem(label, url, icon, permission, **options)


def add_slot(name: str, url: str, permission: str = "") -> None:
    """Let htmx fill the top bar's place ``name`` (``timer``, ``bell``) from a route."""
    _slots[name] = Slot(name, url, permission)


def set_brand(name: Callable[[], str]) -> None:
    """Say whose house this is: the organisation's name, asked once per page."""
    _brand[:] = [name]


def brand() -> str:
    """The name at the head of the menu."""
    return _brand[0]() if _brand else "Agency"


def entries(staff) -> list[Entry]:
    """The lines that this person may see, in the order of the menu."""
    mine = [entry for entry in _entries.values() if entry.allowed(staff) and entry.href]
    return sorted(mine, key=lambda entry: (_place(entry.section), entry.order, entry.label))


def sections(staff) -> list[tuple[str, list[Entry]]]:
    """The same lines under their headings."""
    found: dict[str, list[Entry]] = {}
    for entry in entries(staff):
        found.setdefault(entry.section, []).append(entry)
    return list(found.items())


def new_items(staff) -> list[NewItem]:
    """What this person may create from anywhere."""
    mine = [item for item in _new_items.values() if staff.has_perm(item.permission) and item.href]
    return sorted(mine, key=lambda item: (item.order, item.label))


def slot(name: str, staff) -> Slot | None:
    """The slot of that name, if this person has one."""
    found = _slots.get(name)
    if found is None or (found.permission and not staff.has_perm(found.permission)):
        return None
    return found if found.href else None


def current(staff, path: str, url_name: str = "") -> str:
    """The href of the menu line that the page belongs to: named, or the longest common start."""
    best = ""
    for entry in entries(staff):
        if url_name and (url_name == entry.url or url_name in entry.within):
            return entry.href
        under = path == entry.href or path.startswith(entry.href.rstrip("/") + "/")
        if under and entry.href != "/" and len(entry.href) > len(best):
            best = entry.href
    return best


def counts(staff) -> dict[str, dict]:
    """The numbers beside the menu lines, by href: {"n": 3, "tone": "bad"}."""
    found = {}
    for entry in entries(staff):
        answer = entry.count(staff) if entry.count else None
        number, tone = answer if isinstance(answer, tuple) else (answer, "")
        if number:
            found[entry.href] = {"n": number, "tone": tone}
    return found


def _place(section: str) -> int:
    return SECTIONS.index(section) if section in SECTIONS else len(SECTIONS) - 1


def _path(url: str) -> str:
    try:
        return reverse(url)
    except NoReverseMatch:
        return ""  # the app that owns the page is not part of this installation

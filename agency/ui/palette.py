"""What Ctrl-K finds: records through the searchers of each app, actions, and places to go."""

from collections.abc import Callable
from dataclasses import dataclass, field

from django.urls import NoReverseMatch, reverse

from agency.ui import navigation

PER_GROUP = 6
SHORTEST = 2  # letters before records are searched


@dataclass(frozen=True)
class Hit:
    """One answer: what it is, a detail at the right, where it leads."""

    label: str
    url: str
    icon: str
    detail: str = ""
    dialog: bool = False
    post: bool = False


@dataclass(frozen=True)
class Group:
    """Hits under one heading."""

    label: str
    hits: list[Hit] = field(default_factory=list)


@dataclass(frozen=True)
class _Searcher:
    label: str
    find: Callable
    permission: str
    order: int


@dataclass(frozen=True)
class _Action:
    label: str
    url: str
    icon: str
    permission: str
    words: str
    dialog: bool
    post: bool


_searchers: dict[str, _Searcher] = {}
_actions: dict[str, _Action] = {}


def add_searcher(label: str, find: Callable, *, permission: str = "", order: int = 50) -> None:
    """Register ``find(staff, words) -> iterable of Hit``; ``words`` is the text as typed."""
    _searchers[label] = _Searcher(label, find, permission, order)


def add_action(
    label: str,
    url: str,
    icon: str,
    *,
    permission: str = "",
    words: str = "",
    dialog: bool = False,
    post: bool = False,
) -> None:
    """Register something to run; ``words`` are other names people may type for it."""
    _actions[label] = _Action(label, url, icon, permission, words, dialog, post)


def search(staff, text: str) -> list[Group]:
    """Everything that matches ``text`` and that this person may see, records first."""
    text = " ".join(text.replace("\0", "").split())[:100]
    groups = [*_records(staff, text), Group("Actions", _matching_actions(staff, text))]
    groups.append(Group("Go to", _places(staff, text)))
    return [group for group in groups if group.hits]


def _records(staff, text: str) -> list[Group]:
    if len(text) < SHORTEST:
        return []
    ordered = sorted(_searchers.values(), key=lambda searcher: (searcher.order, searcher.label))
    return [
        Group(searcher.label, list(searcher.find(staff, text))[:PER_GROUP])
        for searcher in ordered
        if not searcher.permission or staff.has_perm(searcher.permission)
    ]


def _matching_actions(staff, text: str) -> list[Hit]:
    hits = [
        Hit(
            f"New {item.label[:1].lower()}{item.label[1:]}",
            item.href,
            "plus",
            f"C {item.key.upper()}" if item.key else "",
            dialog=item.dialog,
        )
        for item in navigation.new_items(staff)
        if _says(text, f"new create {item.label}")
    ]
    for action in _actions.values():
        allowed = not action.permission or staff.has_perm(action.permission)
        if allowed and _says(text, f"{action.label} {action.words}"):
            path = _path(action.url)
            hits += [Hit(action.label, path, action.icon, "", action.dialog, action.post)] * bool(
                path
            )
    return hits


def _places(staff, text: str) -> list[Hit]:
    return [
        Hit(entry.label, entry.href, entry.icon, f"G {entry.key.upper()}" if entry.key else "")
        for entry in navigation.entries(staff)
        if _says(text, f"go to {entry.section} {entry.label}")
    ]


def _says(text: str, name: str) -> bool:
    return all(word in name.lower() for word in text.lower().split())


def _path(url: str) -> str:
    try:
        return reverse(url)
    except NoReverseMatch:
        return ""

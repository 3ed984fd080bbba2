"""History in sentences: "recorded a payment of AUD 6,000.00", "changed name and city".

An app teaches its own verbs in ``ready()``: ``words.say("payment_recorded", sentence,
icon="banknote", tone="good")``, where ``sentence`` is a text or a function of the event.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal, InvalidOperation

from agency.ui import formats

LONGEST = 160
NUMBER = re.compile(r"-?\d+\.\d+")
DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
MOMENT = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})")
OF_A_STEP = {"position", "id", "number", "currency"}  # what the list of changes leaves out


@dataclass(frozen=True)
class Saying:
    """How a verb reads, and the sign beside it."""

    sentence: str | Callable
    icon: str = "circle"
    tone: str = ""
    whole: bool = False  # nothing is left to list below it


def status_changed(event) -> str:
    before, after = pair(event.changes.get("status"))
    if not after:
        return "changed the status"
    return f"changed the status from {spoken(before)} to {spoken(after)}"


def updated(event) -> str:
    names = [label(name).lower() for name in event.changes]
    if not names or len(names) > 3:
        return f"changed the {thing(event)}"
    return f"changed {' and '.join([', '.join(names[:-1]), names[-1]] if names[1:] else names)}"


def sized(event, verb: str) -> str:
    before, after = pair(event.changes.get("file"))
    named = (after or before or {}).get("name", "a file")
    return f"{verb} {named}"


def linked(event) -> str:
    until = spoken(event.changes.get("expires_at"))
    return "made a link for the client" + (f", good until {until}" if until else "")


_sayings: dict[str, Saying] = {
    "created": Saying(lambda event: f"created the {thing(event)}", "plus", whole=True),
    "updated": Saying(updated, "pencil"),
    "deleted": Saying(lambda event: f"deleted the {thing(event)}", "trash-2", "bad", whole=True),
    "status_changed": Saying(status_changed, "arrow-right-left", whole=True),
    "mailed": Saying(
        lambda event: f"mailed it to {event.changes.get('to', '')}", "mail", whole=True
    ),
    "file_added": Saying(lambda event: sized(event, "attached"), "paperclip", whole=True),
    "file_removed": Saying(lambda event: sized(event, "removed"), "trash-2", whole=True),
    "note_added": Saying("added a note", "sticky-note"),
    "note_changed": Saying("changed a note", "sticky-note", whole=True),
    "note_removed": Saying("removed a note", "sticky-note", whole=True),
    "comment_added": Saying("commented", "message-square"),
    "comment_changed": Saying("changed a comment", "message-square", whole=True),
    "comment_removed": Saying("removed a comment", "message-square", whole=True),
    "retried": Saying("asked to try it again", "rotate-cw"),
    "cancelled": Saying("cancelled it", "ban"),
    "link_created": Saying(linked, "link", whole=True),
    "link_revoked": Saying("revoked a link for the client", "unlink"),
}
ENDINGS = {
    "_added": ("added a", "plus"),
    "_removed": ("removed a", "minus"),
    "_updated": ("changed a", "pencil"),
    "_changed": ("changed the", "pencil"),
    "_reordered": ("reordered the", "arrow-up-down"),
    "_recorded": ("recorded a", "plus"),
    "_deleted": ("deleted a", "trash-2"),
}


def say(
    verb: str,
    sentence: str | Callable,
    *,
    icon: str = "circle",
    tone: str = "",
    whole: bool = False,
) -> None:
    """Teach a verb: what people read after the person's name.

    ``whole`` says that the sentence tells everything, so that the changes are not listed below.
    """
    _sayings[verb] = Saying(sentence, icon, tone, whole)


def saying_of(verb: str) -> Saying:
    """How a verb reads; one that nobody taught is made of its own words."""
    if verb in _sayings:
        return _sayings[verb]
    for ending, (words, icon) in ENDINGS.items():
        if verb.endswith(ending) and verb != ending:
            noun = verb.removesuffix(ending).replace("_", " ")
            an = "n" if words.endswith(" a") and noun[0] in "aeiou" else ""
            return Saying(f"{words}{an} {noun}", icon)
    return Saying(verb.replace("_", " "))


def sentence(event) -> str:
    found = saying_of(event.verb).sentence
    return found(event) if callable(found) else found


def thing(event) -> str:
    """What the event is about, as people call one of it."""
    return "person" if event.subject_type == "staff" else event.subject_type.replace("_", " ")


def changes(event) -> list[dict]:
    """The changes of an event for a list: label, before, after, each in words."""
    return [
        {"label": label(name), "before": spoken(before), "after": spoken(after)}
        for name, before, after in told(event.changes)
        if before not in (None, "") or after not in (None, "")
    ]


def further(event) -> list[dict]:
    """The changes that the sentence does not tell."""
    if saying_of(event.verb).whole:
        return []
    return [one for one in changes(event) if one["after"] != event.verb.replace("_", " ")]


def told(changes: dict) -> Iterator[tuple]:
    """(name, before, after) of each change; a step's own ``fields`` are spread out."""
    for name, value in changes.items():
        if name == "fields" and isinstance(value, dict):
            yield from told(value)
        elif name not in OF_A_STEP:
            yield name, *pair(value)


def pair(value) -> tuple:
    """(before, after) of a change; a plain fact has no before."""
    return tuple(value) if isinstance(value, list) and len(value) == 2 else (None, value)


def label(name: str) -> str:
    words = name.removesuffix("_id").removesuffix("_on").removesuffix("_at").replace("_", " ")
    return words[:1].upper() + words[1:]


def spoken(value) -> str:
    """A value of a change as people write it."""
    if value is None or isinstance(value, bool):
        return {None: "", True: "yes", False: "no"}[value]
    if isinstance(value, dict):
        named = value.get("name") or value.get("description") or value.get("title")
        return spoken(named) if named else ", ".join(_parts(value))
    if isinstance(value, list):
        return ", ".join(spoken(one) for one in value)[:LONGEST]
    return _text(str(value))


def _text(text: str) -> str:
    if NUMBER.fullmatch(text):
        return _number(text)
    if DAY.fullmatch(text):
        return _day(text)
    if MOMENT.fullmatch(text):
        return _moment(text)
    is_word = text.isidentifier() and text.islower()  # a stored choice such as fixed_price
    return text.replace("_", " ") if is_word else _cut(text)


def _parts(value: dict) -> list[str]:
    return [
        f"{label(name).lower()} {spoken(one)}"
        for name, one in value.items()
        if name != "id" and one
    ]


def _number(text: str) -> str:
    try:
        return formats.quantity(Decimal(text))
    except InvalidOperation:
        return text


def _day(text: str) -> str:
    try:
        return formats.day(date.fromisoformat(text))
    except ValueError:
        return text


def _moment(text: str) -> str:
    try:
        return formats.moment(datetime.fromisoformat(text))
    except ValueError:
        return text


def _cut(text: str) -> str:
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}…"

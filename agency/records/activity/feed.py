"""What happened to a record and what was said about it, in one stream, newest first."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from agency.records import history, subjects
from agency.records.events import words
from agency.records.files import operations as files
from agency.records.files.models import Attachment
from agency.records.notes import operations as notes
from agency.records.notes.models import Comment, Note

MOST = 20
MOST_OF_ALL = 200
# Steps that stand in the stream themselves, as the comment, note or file.
SHOWN_ITSELF = ("comment_added", "note_added", "file_added")
KINDS = {"": "All", "comments": "Comments", "files": "Files"}


@dataclass(frozen=True)
class Item:
    """One line of the stream."""

    kind: str
    at: datetime
    by: Any
    text: str
    icon: str = "circle"
    tone: str = ""
    note: str = ""
    body: str = ""
    changes: list[dict] = field(default_factory=list)
    record: Any = None
    may_change: bool = False

    @property
    def is_edited(self) -> bool:
        """Whether what was said was changed afterwards."""
        updated = getattr(self.record, "updated_at", None)
        return updated is not None and (updated - self.at).total_seconds() > 1


def stream(subject, staff, *, kind: str = "", most: int = MOST) -> tuple[list[Item], bool]:
    """The newest ``most`` items that there are of a kind, and whether there are more."""
    parts = {
        "comments": [(Comment, "created_by", remark), (Note, "created_by", remark)],
        "files": [(Attachment, "uploaded_by", upload)],
    }
    wanted = parts[kind] if kind else [*parts["comments"], *parts["files"]]
    items = []
    for model, author, draw in wanted:
        rows = model.objects.about(subject).select_related(author)[: most + 1]
        items += [draw(row, staff) for row in rows]
    if not kind:
        steps = history.history_of(subject).exclude(verb__in=SHOWN_ITSELF)
        items += [step(event) for event in steps[: most + 1]]
    items.sort(key=lambda item: item.at, reverse=True)
    return items[:most], len(items) > most


def step(event) -> Item:
    saying = words.saying_of(event.verb)
    return Item(
        kind="step",
        at=event.happened_at,
        by=event.by,
        text=words.sentence(event),
        icon=saying.icon,
        tone=saying.tone,
        note=through(event.through),
        changes=words.further(event),
    )


def through(channel: str) -> str:
    """Where a step came from, when it was not one of our pages."""
    known = {"api": "through the API", "token": "through the API", "admin": "in the admin"}
    known |= dict.fromkeys(("page", "console", "demo"), "")
    if channel.startswith("api key "):
        return f"with the key “{channel.removeprefix('api key ')}”"
    if channel.startswith("job"):
        return "in the background"
    return known.get(channel, f"through {channel}")


def remark(one, staff) -> Item:
    is_note = isinstance(one, Note)
    return Item(
        kind=notes.word(one),
        at=one.created_at,
        by=one.created_by,
        text="noted" if is_note else "",
        icon="sticky-note" if is_note else "message-square",
        body=one.body,
        record=one,
        may_change=notes.may_change(one, staff),
    )


def upload(one, staff) -> Item:
    return Item(
        kind="file",
        at=one.uploaded_at,
        by=one.uploaded_by,
        text="attached",
        icon="paperclip",
        record=one,
        may_change=files.may_remove(one, staff),
    )


def kinds_with_a_page() -> list[str]:
    """The names of the subjects that have a page to show a stream on."""
    found = ((name, subjects.model_of(name)) for name in subjects.names())
    return [name for name, model in found if hasattr(model, "get_absolute_url")]

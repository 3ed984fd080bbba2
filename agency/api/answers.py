"""How a view says what it answers and reads, where the standard actions do not say it already."""

from dataclasses import dataclass, field
from typing import Any

ROW = object()  # stands for the ``row_class`` of the view


@dataclass(frozen=True)
class Answer:
    """What one handler answers and reads.

    ``keys`` is the envelope: a name for each value. A value is a serializer class, a field, a
    type, a list of one of those, a nested dictionary, or a literal True. ``other`` is a second
    envelope that the same call may answer, ``later`` the one of a 202; a tuple as ``body`` says
    that any one of them is read, and ``examples`` shows such bodies by name.
    """

    keys: dict[str, Any] | None = None
    other: dict[str, Any] | None = None
    later: dict[str, Any] | None = None
    status: int = 200
    media: str = "application/json"
    body: Any = None
    examples: dict[str, dict] = field(default_factory=dict)
    partial: bool = False
    errors: tuple[int, ...] = ()
    query: dict[str, Any] = field(default_factory=dict)
    path: dict[str, Any] = field(default_factory=dict)
    tagged: bool = False
    counted: bool = False
    public: bool = False


def answers(
    keys: dict | None = None,
    *,
    one: Any = None,
    many: Any = None,
    ok: bool = False,
    pdf: bool = False,
    media: str = "application/json",
    **rest: Any,
):
    """Declare the answer of an action, of ``beside``, or of a plain view's ``get``/``post``.

    ``one`` and ``many`` put the given row class (True: the view's own) under the view's key;
    ``ok`` is ``{"ok": true}``; ``pdf`` a file. See ``agency.api.schema`` for examples.
    """
    envelope = dict(keys or {})
    if one is not None:
        envelope["<one>"] = ROW if one is True else one
    if many is not None:
        envelope["<many>"] = [ROW if many is True else many]
    if ok:
        envelope["ok"] = True
    media = "application/pdf" if pdf else media
    described = Answer(keys=envelope, media=media, **({"tagged": one is True} | rest))

    def mark(handler):
        handler.answer_shape = described
        return handler

    return mark


@dataclass(frozen=True)
class Nullable:
    """A value that may be null, in a declared envelope: ``{"contact": Nullable(ContactRow)}``."""

    value: Any

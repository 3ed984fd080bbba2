"""Who carries out which kind of effect, and what a carrier may answer."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from celery import current_app

from agency import logs
from agency.errors import BusinessError

LEASE = timedelta(minutes=5)
MOST_ATTEMPTS = 10
LONGEST_WORDS = 500


class NotNowError(Exception):
    """The other side asks to wait: try again in ``seconds``, without counting it as a failure."""

    def __init__(self, reason: str, *, seconds: int) -> None:
        super().__init__(reason)
        self.seconds = seconds


class GiveUpError(Exception):
    """Trying again cannot help: a person must look at it now."""


class UnfinishedError(Exception):
    """A part is done; the rest takes its turn behind what waits, with all its attempts."""


@dataclass(frozen=True)
class Handler:
    """A function that carries out one kind of effect, and how patient we are with it."""

    carry_out: Callable
    lease: timedelta = LEASE
    attempts: int = MOST_ATTEMPTS
    forget: tuple[str, ...] = ()
    given_up: Callable | None = None


_handlers: dict[str, Handler] = {}


def handler(
    kind: str,
    *,
    lease: timedelta = LEASE,
    attempts: int = MOST_ATTEMPTS,
    forget: tuple[str, ...] = (),
    given_up: Callable | None = None,
):
    """Make the decorated ``function(effect)`` carry out effects of that kind.

    It may run twice for one effect, so it hands ``effect.stable_key`` to the other side or looks
    first whether the work is done. It takes less than ``lease``; it may raise ``NotNowError``,
    ``UnfinishedError`` or ``GiveUpError``. A ``BusinessError`` gives up as well, anything else is
    tried again. What ``forget`` names leaves the payload once the effect is done;
    ``given_up(effect, reason)`` hears, in the same transaction, that it is left to a person or
    cancelled.
    """

    def register(function: Callable) -> Callable:
        known = _handlers.get(kind)
        if known and known.carry_out.__qualname__ != function.__qualname__:
            raise ValueError(f"Two handlers for “{kind}”.")
        _handlers[kind] = Handler(function, lease, attempts, forget, given_up)
        return function

    return register


def handler_of(kind: str) -> Handler:
    """The handler of a kind; for a kind that nothing here knows one that says so."""
    if kind not in _handlers:
        current_app.loader.import_default_modules()  # what a worker loads at its start
    return _handlers.get(kind) or Handler(_unknown)


def tell_given_up(effect, reason: str) -> None:
    """Let whoever asked for an effect know that it will not happen by itself."""
    given_up = handler_of(effect.kind).given_up
    if given_up:
        given_up(effect, reason)


def _unknown(effect) -> None:
    raise LookupError(f"nothing here knows how to carry out “{effect.kind}”.")


def words(error: Exception) -> str:
    """What went wrong, for a person to read: one line, without secrets."""
    text = " ".join(str(error).split())
    if not isinstance(error, BusinessError | GiveUpError | NotNowError):
        name = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", type(error).__name__).capitalize()
        text = f"{name}: {text}" if text else name
    return logs.redact_text(text)[:LONGEST_WORDS]

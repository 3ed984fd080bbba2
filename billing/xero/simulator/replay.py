"""Idempotency keys: remembered for six minutes; an error is replayed as well.

doc: guides/idempotent-requests/idempotency
"""

import hashlib
import time
from typing import NamedTuple

from billing.xero.simulator.refusals import bad

LONGEST = 128
MINUTES = 6


class Kept(NamedTuple):
    request: str
    answer: tuple
    at: float


class Replay:
    def __init__(self, minute: float) -> None:
        self.minute = minute
        self.kept: dict[str, Kept] = {}

    def answer(self, key: str, method: str, path: str, body: bytes):
        """The first answer to that key, or None. The same key with another request is refused."""
        if len(key) > LONGEST:
            raise bad("The idempotency key is too long", "IdempotencyException", 21)
        found = self.kept.get(key)
        if found is None or found.at < time.monotonic() - MINUTES * self.minute:
            return None
        if found.request != request_of(method, path, body):
            message = "The idempotency key has already been used with a different request"
            raise bad(message, "IdempotencyException", 21)
        return found.answer

    def keep(self, key: str, method: str, path: str, body: bytes, answer) -> None:
        self.kept[key] = Kept(request_of(method, path, body), answer, time.monotonic())


def request_of(method: str, path: str, body: bytes) -> str:
    return hashlib.sha256(f"{method} {path}\n".encode() + body).hexdigest()

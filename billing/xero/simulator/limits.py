"""Xero's limits for an organisation, and what was measured of those who call.

60 calls in a minute, 5 at once, 5,000 a day. doc: guides/oauth2/limits
"""

import time
from collections import deque
from threading import Lock

from billing.xero.simulator.refusals import Refusal

MINUTE, AT_ONCE, DAY = 60, 5, 5000


class Limits:
    """A window that slides with the arrivals; ``minute`` is how many seconds one lasts."""

    def __init__(self, minute: float = 60, day: int = DAY) -> None:
        self.lock = Lock()
        self.minute = minute
        self.day = day
        self.arrivals: deque[float] = deque()
        self.running = 0
        self.today = 0
        self.most_in_a_minute = 0
        self.most_at_once = 0

    def enter(self) -> None:
        """Count a call, which ``leave`` ends. Raises the answer 429 beyond a limit."""
        with self.lock:
            now = time.monotonic()
            while self.arrivals and self.arrivals[0] <= now - self.minute:
                self.arrivals.popleft()
            self.arrivals.append(now)
            self.running += 1
            self.today += 1
            self.most_in_a_minute = max(self.most_in_a_minute, len(self.arrivals))
            self.most_at_once = max(self.most_at_once, self.running)
            if self.today > self.day:
                raise refused("day", 3600)
            if len(self.arrivals) > MINUTE:
                raise refused("minute", max(1, int(self.minute)))
            if self.running > AT_ONCE:
                raise refused("concurrent", 1)

    def leave(self) -> None:
        with self.lock:
            self.running -= 1

    def headers(self) -> dict[str, str]:
        return {
            "X-MinLimit-Remaining": str(max(0, MINUTE - len(self.arrivals))),
            "X-DayLimit-Remaining": str(max(0, self.day - self.today)),
            "X-AppMinLimit-Remaining": "9999",
        }


def refused(problem: str, seconds: int) -> Refusal:
    return Refusal(429, "", {"X-Rate-Limit-Problem": problem, "Retry-After": str(seconds)})

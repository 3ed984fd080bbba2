"""What goes wrong on demand: single faults for the next calls, or a storm over all of them."""

import random
import re
from dataclasses import dataclass
from threading import Event, Lock

from billing.xero.simulator.refusals import Refusal

HTML = "<html><body><h1>503 Service Unavailable</h1></body></html>"
BEFORE = {"status", "html", "hang", "drop_before", "slow", "invalid_grant", "day", "concurrent"}
AFTER = {"drop_after", "hang_after", "truncated", "wrong_json"}
STORM = {  # and how often, each against the others
    "drop_before": 4,
    "drop_after": 4,
    "status": 4,
    "html": 4,
    "truncated": 4,
    "wrong_json": 4,
    "limited": 1,
}


@dataclass
class Fault:
    """``kind`` for the next ``times`` calls whose method and path match; ``value`` tunes it."""

    kind: str
    method: str = ""
    path: str = ""
    times: int = 1
    value: float = 0

    def fits(self, method: str, path: str) -> bool:
        return self.method in {"", method} and re.search(self.path, path) is not None


class Faults:
    """The faults still to come; ``over`` lets hanging calls go when a test ends."""

    def __init__(self) -> None:
        self.lock = Lock()
        self.queue: list[Fault] = []
        self.share = 0.0
        self.random = random.Random(0)  # noqa: S311 the same storm each time
        self.over = Event()
        self.met: dict[str, int] = {}

    def add(self, kind: str, method: str = "", path: str = "", *, times=1, value=0) -> None:
        known = BEFORE | AFTER | {"limited", "lost_refresh_answer"}
        if kind not in known:
            raise ValueError(f"“{kind}” is none of {', '.join(sorted(known))}.")
        with self.lock:
            self.queue.append(Fault(kind, method, path, times, value))

    def storm(self, share: float, seed: int = 0) -> None:
        """Let that share of all calls to the API fail, each in one of the ways of ``STORM``."""
        with self.lock:
            self.share, self.random = share, random.Random(seed)  # noqa: S311 as above

    @staticmethod
    def kinds() -> tuple[str, ...]:
        """What a storm is made of."""
        return tuple(STORM)

    def clear(self) -> None:
        with self.lock:
            self.queue, self.share = [], 0.0

    def take(self, method: str, path: str) -> Fault | None:
        """The fault of this call, which is used up by it."""
        with self.lock:
            found = next((one for one in self.queue if one.fits(method, path)), None)
            if found is not None:
                found.times -= 1
                if not found.times:
                    self.queue.remove(found)
            elif self.share and path.startswith("/api.xro") and self.random.random() < self.share:
                [kind] = self.random.choices(list(STORM), STORM.values())
                found = Fault(kind, value=503)
            if found is not None:
                self.met[found.kind] = self.met.get(found.kind, 0) + 1
            return found

    def wait(self, seconds: float) -> None:
        self.over.wait(timeout=seconds)


def refused(fault: Fault) -> Refusal | None:
    """The answer that a fault is, where it is one."""
    if fault.kind == "status":
        return Refusal(int(fault.value or 503), {"Message": "The service is not available."})
    if fault.kind == "html":
        return Refusal(int(fault.value or 503), HTML, {"Content-Type": "text/html"})
    if fault.kind == "invalid_grant":
        return Refusal(400, {"error": "invalid_grant"})
    if fault.kind in {"limited", "day", "concurrent"}:
        problem = {"limited": "minute"}.get(fault.kind, fault.kind)
        waits = str(int(fault.value) or 1) if fault.kind != "limited" else "1"
        return Refusal(429, "", {"X-Rate-Limit-Problem": problem, "Retry-After": waits})
    return None

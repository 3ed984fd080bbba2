"""The rate limit: requests in a fixed window, counted for each key, person or address.

Browser sessions are not counted. Where the cache does not answer nothing is limited: people
work on while Redis is down.
"""

import time
from dataclasses import dataclass

import structlog
from django.conf import settings
from django.core.cache import cache

log = structlog.get_logger(__name__)
SECONDS = {"s": 1, "m": 60, "h": 3600, "d": 86_400}


@dataclass(frozen=True)
class Rate:
    """How far a caller is within their window; ``reset`` is its end in seconds since 1970."""

    limit: int
    used: int
    reset: int

    @property
    def is_over(self) -> bool:
        return self.used > self.limit

    @property
    def wait(self) -> float:
        return max(self.reset - time.time(), 1)

    @property
    def headers(self) -> dict[str, str]:
        return {
            "X-RateLimit-Limit": str(self.limit),
            "X-RateLimit-Remaining": str(max(self.limit - self.used, 0)),
            "X-RateLimit-Reset": str(self.reset),
        }


def allowed(text: str) -> tuple[int, int] | None:
    """(requests, seconds) of a setting such as ``1000/hour``; None where it is off."""
    number, _, period = text.partition("/")
    if int(number) <= 0:
        return None
    return int(number), SECONDS[period.strip()[:1] or "h"]


def caller(request) -> str | None:
    """What a request is counted under; None for a browser session, which is not counted."""
    if not request.user.is_authenticated:
        return f"address:{request.META.get('REMOTE_ADDR', '')}"
    if request.auth is None:
        return None
    key = getattr(request.auth, "pk", None)
    return f"person:{request.user.pk}" if key is None else f"key:{key}"


def count(request) -> Rate | None:
    """Count one request of the caller and say how far they are; None where nothing is counted."""
    limit = allowed(settings.API_RATE_LIMIT)
    who = caller(request) if limit else None
    if limit is None or who is None:
        return None
    most, seconds = limit
    start = int(time.time()) // seconds * seconds
    try:
        used = counted(f"rate:{who}:{seconds}:{start}", seconds)
    except Exception as error:  # noqa: BLE001 whatever a cache that is down raises
        log.warning("The rate limit's cache does not answer.", error=str(error))
        return None
    return Rate(limit=most, used=used, reset=start + seconds)


def counted(key: str, seconds: int) -> int:
    cache.add(key, 0, timeout=seconds + 60)
    return cache.incr(key)

"""When to leave Xero alone: after its day limit, and while it cannot be reached.

While the way is closed every call fails at once, without touching the network. It reopens by
itself; the first success after failures forgets them.
"""

from datetime import timedelta

from django.db.models import F
from django.utils import timezone

from agency.errors import BusinessError
from billing.xero.errors import LimitedError, XeroUnavailableError
from billing.xero.models import Connection

PATIENCE = 5  # failures in a row before the way is closed
FIRST_PAUSE, LONGEST_PAUSE = 15, 240  # seconds
LIMITS = {
    "day": "Xero's limit of calls for today is reached.",
    "minute": "Xero's limit of calls for a minute is reached.",
}
UNREACHED = "Xero could not be reached several times in a row."


def require_open(connection: Connection) -> None:
    """Raise, with the seconds to wait, while the way is closed."""
    until = connection.closed_off_until
    wait = (until - timezone.now()).total_seconds() if until else 0
    if wait <= 0:
        return
    seconds = int(wait) + 1
    for problem, words in LIMITS.items():
        if connection.closed_off_because == words:
            raise LimitedError(problem, retry_after=seconds)
    raise XeroUnavailableError(connection.closed_off_because, retry_after=seconds, sent=False)


def note(connection: Connection, error: BusinessError) -> None:
    """Draw the conclusions from a call that failed; one that Xero refused did reach it."""
    if isinstance(error, LimitedError):
        note_limit(connection, error)
    elif isinstance(error, XeroUnavailableError):
        note_failure(connection)
    else:
        note_success(connection)


def note_limit(connection: Connection, error: LimitedError) -> None:
    """Close the way until a limit of the day or the minute has passed."""
    if error.problem not in LIMITS:
        return
    changes = {
        "closed_off_until": timezone.now() + timedelta(seconds=error.retry_after),
        "closed_off_because": LIMITS[error.problem],
    }
    if error.problem == "day":
        changes["day_limit_remaining"] = None  # Xero's Retry-After says it better from here on
    Connection.objects.filter(pk=connection.pk).update(**changes)


def note_failure(connection: Connection) -> None:
    """Count that Xero was not reached; close the way for longer and longer when it goes on."""
    rows = Connection.objects.filter(pk=connection.pk)
    rows.update(failures=F("failures") + 1)
    failures = rows.values_list("failures", flat=True).first() or 0
    if failures >= PATIENCE:
        pause = min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** min(failures - PATIENCE, 10))
        rows.update(
            closed_off_until=timezone.now() + timedelta(seconds=pause),
            closed_off_because=UNREACHED,
        )


def note_success(connection: Connection) -> None:
    """Xero answers again. A limit that it named meanwhile stays."""
    rows = Connection.objects.filter(pk=connection.pk)
    if rows.filter(failures__gt=0).update(failures=0):
        rows.filter(closed_off_because=UNREACHED).update(
            closed_off_until=None, closed_off_because=""
        )

"""Keeps below Xero's limits, in all processes together, and writes down every call.

The table of calls is what is counted. A call counts for a minute from its end: that Xero saw it
earlier only makes our count the stricter one. A call whose process died counts until its lease is
over, and a minute more.
"""

import random
import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from agency import logs
from agency.records import subjects
from billing.xero import breaker, turns
from billing.xero.answers import Answer, header
from billing.xero.errors import LimitedError, NotConnectedError
from billing.xero.models import Call, Connection

SHORTEST_WAIT, LONGEST_WAIT = 0.05, 0.25  # seconds between two looks for a free slot
LONGEST_MESSAGE = 1000
KEPT = timedelta(days=30)

_subject: ContextVar[tuple[str, int | None]] = ContextVar("xero_subject", default=("", None))


@contextmanager
def about(subject) -> Iterator[None]:
    """Say which record of ours the calls inside are about; the log of calls shows it there."""
    before = _subject.set((subjects.name_of(subject), subject.pk))
    try:
        yield
    finally:
        _subject.reset(before)


def take(
    connection: Connection, method: str, what: str, *, seconds: float, patience: float
) -> Call:
    """A slot for one call of at most ``seconds``, waiting up to ``patience`` seconds for it.

    Raises ``LimitedError`` where none is free, and what the breaker raises.
    """
    until = time.monotonic() + patience
    while True:
        try:
            return _taken(connection, method, what, seconds)
        except LimitedError as full:
            left = until - time.monotonic()
            if full.problem == "day" or full.retry_after > max(1, left) or left <= 0:
                raise
        time.sleep(min(left, random.uniform(SHORTEST_WAIT, LONGEST_WAIT)))  # noqa: S311 jitter


def _taken(connection: Connection, method: str, what: str, seconds: float) -> Call:
    with transaction.atomic():
        row = turns.locked(connection.pk, seconds=seconds)
        if row is None:
            raise NotConnectedError
        breaker.require_open(row)
        now = timezone.now()
        require_room(row, now)
        name, pk = _subject.get()
        return Call.objects.create(
            tenant_id=row.tenant_id,
            method=method,
            what=what[:200],
            started_at=now,
            lease_until=now + timedelta(seconds=2 * seconds + 5),
            subject_type=name,
            subject_id=pk,
        )


def require_room(connection: Connection, now: datetime) -> None:
    """Raise ``LimitedError`` where one call more would pass a limit."""
    calls = Call.objects.filter(tenant_id=connection.tenant_id)
    running = calls.filter(finished_at=None, lease_until__gt=now).count()
    if running >= settings.XERO_CONCURRENT_LIMIT:
        raise LimitedError("concurrent", retry_after=1)
    minute = timedelta(seconds=settings.XERO_MINUTE_SECONDS)
    if in_minute(calls, now).count() >= settings.XERO_MINUTE_LIMIT:
        ended = calls.filter(finished_at__gt=now - minute).order_by("finished_at")
        first = ended.values_list("finished_at", flat=True).first() or now
        raise LimitedError("minute", retry_after=_whole_seconds(first + minute - now))
    made = today(calls, now).count()
    used_up = connection.day_limit_remaining == 0 and made > 0
    if used_up or made >= settings.XERO_DAY_LIMIT:
        tomorrow = _midnight(now) + timedelta(days=1)
        raise LimitedError("day", retry_after=_whole_seconds(tomorrow - now))


def in_minute(calls, now: datetime):
    """The calls that may count in Xero's minute: ended in it, running, or never heard of again."""
    since = now - timedelta(seconds=settings.XERO_MINUTE_SECONDS)
    return calls.filter(Q(finished_at__gt=since) | Q(finished_at=None, lease_until__gt=since))


def today(calls, now: datetime):
    """The calls of the day, which is UTC's."""
    return calls.filter(started_at__gte=_midnight(now))


def _midnight(now: datetime) -> datetime:
    return now.replace(hour=0, minute=0, second=0, microsecond=0)


def _whole_seconds(wait: timedelta) -> int:
    return max(1, int(wait.total_seconds()) + 1)


def finish(call: Call, answer: Answer | None, message: str = "") -> None:
    """Write down how a call ended; without an answer nobody knows what became of it."""
    Call.objects.filter(pk=call.pk).update(
        finished_at=timezone.now(),
        status=answer.status if answer else None,
        request_id=answer.request_id if answer else "",
        message=logs.redact_text(message)[:LONGEST_MESSAGE],
    )
    if answer:
        _note_remaining(call.tenant_id, answer)


def _note_remaining(tenant_id: str, answer: Answer) -> None:
    names = {
        "day_limit_remaining": "x-daylimit-remaining",
        "minute_limit_remaining": "x-minlimit-remaining",
    }
    said = {field: header(answer.headers, name) for field, name in names.items()}
    changes = {field: int(text) for field, text in said.items() if text.isdecimal()}
    if changes:
        Connection.objects.filter(tenant_id=tenant_id).update(**changes)


def drop_old(now: datetime) -> int:
    """Drop the calls of more than 30 days ago, and say how many."""
    return Call.objects.filter(started_at__lt=now - KEPT).delete()[0]

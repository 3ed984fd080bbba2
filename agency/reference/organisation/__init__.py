"""The organisation's record, its day, and the period that is closed."""

from datetime import date, datetime

from django.apps import apps
from django.core.cache import cache
from django.utils import timezone

from agency import sql
from agency.errors import ConflictError

PERIOD = "SELECT id, locked_before FROM reference_organisation WHERE id = 1"
CACHE_KEY = "organisation"
CACHE_SECONDS = 5  # a second process sees a change after this long


def current():
    """The one organisation. Read on nearly every request, so kept for some seconds."""
    organisation = cache.get(CACHE_KEY)
    if organisation is None:
        organisation, _ = apps.get_model("reference", "Organisation").objects.get_or_create(pk=1)
        cache.set(CACHE_KEY, organisation, CACHE_SECONDS)
    return organisation


def forget() -> None:
    """Read the row again on the next call."""
    cache.delete(CACHE_KEY)


def today() -> date:
    """Today in the organisation's zone: what is due, overdue or issued today."""
    return timezone.now().astimezone(current().zone).date()


def day_of(moment: datetime) -> date:
    """The organisation's date of an instant."""
    return moment.astimezone(current().zone).date()


def require_open(on: date | None, *, field: str = "date") -> None:
    """Raise ``ConflictError`` where ``on`` lies in the closed period.

    Reads the row itself, not the cached copy, and holds it for sharing until the transaction ends:
    whoever closes a period waits for what is being written in it, and all others for them.
    """
    rows = apps.get_model("reference", "Organisation").objects.raw(PERIOD + sql.for_share())
    require_after(next((row.locked_before for row in rows), None), on, field=field)


def require_after(closed: date | None, on: date | None, *, field: str = "date") -> None:
    """The same, for who has read ``closed`` already: raise where ``on`` lies before it."""
    if closed and on and on < closed:
        raise ConflictError(
            f"{on:%-d %B %Y} lies in the closed period before {closed:%-d %B %Y}.", field=field
        )

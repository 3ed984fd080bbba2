"""Lets the demo happen in the past."""

from contextlib import contextmanager
from datetime import UTC, date, datetime, time
from unittest import mock

from agency.reference import organisation


@contextmanager
def as_of(day: date, hour: int = 10, minute: int = 0):
    """Everything inside takes it for that day and hour, in the organisation's zone; never later."""
    asked = datetime.combine(day, time(hour, minute), tzinfo=organisation.current().zone)
    moment = min(asked, datetime.now(UTC))
    with mock.patch("django.utils.timezone.now", return_value=moment):
        yield moment

"""How the connection is doing, for its page: the calls that are left, and the last that failed."""

from typing import NamedTuple

from django.conf import settings
from django.utils import timezone

from billing.xero import limits
from billing.xero.models import Call, Connection


class Health(NamedTuple):
    left_today: int
    left_this_minute: int
    made_today: int
    is_closed: bool
    last_call: Call | None
    last_failure: Call | None


def of(connection: Connection) -> Health:
    """Five small statements; asks nobody else. What Xero itself said counts where it is less."""
    now = timezone.now()
    calls = Call.objects.filter(tenant_id=connection.tenant_id)
    made, in_minute = limits.today(calls, now).count(), limits.in_minute(calls, now).count()
    left = max(0, settings.XERO_DAY_LIMIT - made)
    if made and connection.day_limit_remaining is not None:
        left = min(left, connection.day_limit_remaining)
    until = connection.closed_off_until
    return Health(
        left_today=left,
        left_this_minute=max(0, settings.XERO_MINUTE_LIMIT - in_minute),
        made_today=made,
        is_closed=until is not None and until > now,
        last_call=calls.exclude(finished_at=None).first(),
        last_failure=calls.exclude(message="").first(),
    )

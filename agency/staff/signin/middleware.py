"""Sessions that end when they are left alone, and dates in the person's own zone."""

import time
import zoneinfo
from datetime import tzinfo

from django.conf import settings
from django.contrib.auth import logout
from django.utils import timezone
from django.utils.functional import cached_property

from agency.reference import organisation

SEEN = "seen_at"
NOTED_AGAIN_AFTER = 300  # seconds: a session in use is written once in this time, not per request
POLLING = {"bell-slot"}  # parts of a page that ask again by themselves: nobody is working there


class IdleSessions:
    """Sign a person out whose session was not used for ``SESSION_COOKIE_AGE`` seconds."""

    def __init__(self, get_response) -> None:
        self.get_response = get_response

    def __call__(self, request):
        if settings.SESSION_COOKIE_NAME in request.COOKIES and request.user.is_authenticated:
            self.look_at(request)
        return self.get_response(request)

    def look_at(self, request) -> None:
        now = int(time.time())
        idle = now - last_seen(request)
        if idle > settings.SESSION_COOKIE_AGE:
            logout(request)
        elif idle > NOTED_AGAIN_AFTER and is_work(request):
            request.session[SEEN] = now


def last_seen(request) -> int:
    """Noted a while after signing in for the first time: until then that moment counts."""
    signed_in = request.user.last_login
    return request.session.get(SEEN) or int(signed_in.timestamp() if signed_in else time.time())


def is_work(request) -> bool:
    return request.headers.get("HX-Trigger") not in POLLING


class OwnZone:
    """Show moments in the person's zone, else in the organisation's; the APIs speak UTC."""

    def __init__(self, get_response) -> None:
        self.get_response = get_response

    def __call__(self, request):
        if request.path.startswith("/api/"):
            return self.get_response(request)
        with timezone.override(zone_of(request.user)):
            return self.get_response(request)


def zone_of(user) -> tzinfo:
    own = getattr(user, "time_zone", "")
    return zoneinfo.ZoneInfo(own) if own else OrganisationsZone()


class OrganisationsZone(tzinfo):
    """The organisation's zone, read from its record by the first moment that a page shows."""

    @cached_property
    def real(self) -> zoneinfo.ZoneInfo:
        return organisation.current().zone

    def utcoffset(self, moment):
        return self.real.utcoffset(moment)

    def dst(self, moment):
        return self.real.dst(moment)

    def tzname(self, moment):
        return self.real.tzname(moment)

    def fromutc(self, moment):
        return self.real.fromutc(moment.replace(tzinfo=self.real))

    def __str__(self) -> str:
        return str(self.real)

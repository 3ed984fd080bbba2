"""Sessions that end when they are left alone."""

import time

from django.conf import settings
from django.contrib.auth import logout

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

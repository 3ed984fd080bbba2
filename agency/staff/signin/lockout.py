"""Too many wrong passwords or codes: that address waits, from that machine, known or unknown."""

from axes.handlers.proxy import AxesProxyHandler
from django.conf import settings
from django.contrib.auth import user_login_failed
from django.http import JsonResponse
from django.shortcuts import render


def name_of(request, credentials) -> str:
    """Whose door is tried, in one spelling however it was typed."""
    given = credentials or {}
    typed = given.get("email") or given.get("login") or request.POST.get("login") or ""
    return str(typed).strip().lower()[:200]


def is_locked(request, email: str) -> bool:
    return not AxesProxyHandler.is_allowed(request, {"login": email})


def count_failure(request, email: str) -> None:
    """A wrong code counts as a wrong password does."""
    user_login_failed.send(
        sender=__name__, credentials={"login": email, "password": ""}, request=request
    )


def answer(request, response=None, credentials=None):
    """What one reads while locked out: the same for a known and an unknown address."""
    minutes = int(settings.AXES_COOLOFF_TIME.total_seconds() // 60)
    if request.path.startswith("/api/"):
        body = {"error": "locked", "message": f"Too many attempts. Wait {minutes} minutes."}
        response = JsonResponse(body, status=429)
    else:
        response = render(request, "account/locked.html", {"minutes": minutes}, status=429)
    response.headers["Retry-After"] = str(minutes * 60)
    return response

"""What htmx answers need on the way out: toasts, and an honest end of the session."""

from django.conf import settings
from django.contrib.messages import get_messages
from django.http import HttpResponse
from django_htmx.http import trigger_client_event


class HtmxAnswers:
    """Messages become toasts; a redirect to the sign-in page becomes 401, so nothing is swapped."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if not request.htmx:
            return response
        if response.status_code in (301, 302) and _is_sign_in(response["Location"]):
            response = HttpResponse(status=401)
        leaves = "HX-Redirect" in response or "HX-Refresh" in response
        if not leaves and response.status_code not in (301, 302, 303):
            _send_toasts(request, response)
        return response


def _is_sign_in(location: str) -> bool:
    return location.split("?", maxsplit=1)[0] == settings.LOGIN_URL


def _send_toasts(request, response) -> None:
    toasts = [_toast(one) for one in get_messages(request)]
    if toasts:
        trigger_client_event(response, "toasts", {"list": toasts})


def _toast(message) -> dict:
    """What the browser shows; a message tagged with a path has a link to that page."""
    toast = {"tone": message.level_tag, "text": str(message)}
    return {**toast, "path": message.extra_tags} if message.extra_tags else toast

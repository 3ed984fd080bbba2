"""``POST /webhooks/xero``: signed by Xero, answered with an empty 200 or 401."""

from django.http import HttpRequest, HttpResponse
from django.utils.decorators import method_decorator
from django.views import View
from django.views.decorators.csrf import csrf_exempt

from billing.bookkeeping import events

MOST_BYTES = 256 * 1024
SIGNATURE = "x-xero-signature"


@method_decorator(csrf_exempt, name="dispatch")
class XeroWebhook(View):
    """The signature is the only credential: no session is read, and no cookie set.

    A body that is too long to be Xero's is not read, so it has no signature that holds.
    """

    permission = "anyone"
    http_method_names = ["post"]

    def post(self, request: HttpRequest) -> HttpResponse:
        length = request.headers.get("Content-Length") or "0"
        if not length.isdigit() or int(length) > MOST_BYTES:
            return HttpResponse(status=401)
        if not events.is_signed(request.body, request.headers.get(SIGNATURE, "")):
            return HttpResponse(status=401)
        events.take_in(request.body)
        return HttpResponse()

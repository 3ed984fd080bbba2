"""Who called, where reverse proxies stand in front: limits and lock-outs count by address."""

from django.conf import settings


class ClientAddressMiddleware:
    """Take the caller's address from ``X-Forwarded-For``, past the proxies that are ours.

    ``TRUSTED_PROXIES`` says how many those are. Each appends the address that it saw, so only
    that many entries from the right can be believed; the rest is the caller's own text.
    """

    def __init__(self, get_response) -> None:
        self.get_response = get_response

    def __call__(self, request):
        chain = request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")
        ours = settings.TRUSTED_PROXIES
        if 0 < ours <= len(chain) and (address := chain[-ours].strip()):
            request.META["REMOTE_ADDR"] = address
        return self.get_response(request)

"""Pages show moments in the person's own zone, else in the organisation's."""

import zoneinfo

from django.utils import timezone

from agency.reference import organisation


class LocalTimeMiddleware:
    """Activates the zone for each request; the API answers in UTC whatever it is."""

    def __init__(self, get_response) -> None:
        self.get_response = get_response

    def __call__(self, request):
        if request.path.startswith("/api/"):
            return self.get_response(request)
        own = getattr(request.user, "time_zone", "")
        zone = zoneinfo.ZoneInfo(own) if own else organisation.current().zone
        with timezone.override(zone):
            response = self.get_response(request)
            if hasattr(response, "render") and not response.is_rendered:
                response.render()
        return response

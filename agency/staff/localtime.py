"""Pages show moments in the person's own zone, else in the organisation's."""

import zoneinfo
from datetime import tzinfo

from django.utils import timezone
from django.utils.functional import cached_property

from agency.reference import organisation


class LocalTimeMiddleware:
    """Activates the zone for each request.

    The agency dialect answers in UTC; the CRM's moments bear no offset and mean the
    organisation's zone, whoever asks.
    """

    def __init__(self, get_response) -> None:
        self.get_response = get_response

    def __call__(self, request):
        if request.path.startswith("/api/v1/"):
            zone: tzinfo | None = OrganisationsZone()
        elif request.path.startswith("/api/") or request.path.endswith(".json"):
            zone = None
        else:
            zone = zone_of(request.user)
        with timezone.override(zone):
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

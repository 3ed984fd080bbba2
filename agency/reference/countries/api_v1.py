"""``/api/v1/countries``."""

from agency.api.v1.names import V1Names
from agency.api.v1.views import LookupViewSet
from agency.reference.countries.models import Country


class CountryNames(V1Names):
    """A country or territory of ISO 3166-1."""

    model = Country
    shown = {
        "id": "pk",
        "country_id": "pk",
        "iso2": "alpha2",
        "iso3": "alpha3",
        "short_name": "name",
        "long_name": "long_name",
        "calling_code": "calling_code",
    }


class CountryViewSet(LookupViewSet):
    """The countries of addresses."""

    names = CountryNames
    one, many = "country", "countries"
    queryset = Country.objects.order_by("pk")

from django.contrib import admin

from agency.records.looking import LookOnly
from agency.reference.countries.models import Country


@admin.register(Country)
class CountryAdmin(LookOnly):
    """The countries of ISO 3166-1."""

    list_display = ["name", "alpha2", "alpha3", "long_name"]
    search_fields = ["name", "long_name", "=alpha2", "=alpha3"]

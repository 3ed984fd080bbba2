"""``/api/v1/currencies``."""

from django.db.models import BooleanField, Case, Value, When
from rest_framework import serializers

from agency.api.names import Fields
from agency.api.v1.names import V1Names
from agency.api.v1.views import LookupViewSet
from agency.reference import organisation
from agency.reference.currencies.models import Currency


class CurrencyNames(V1Names):
    """A currency; ``name`` is its ISO 4217 code, and one is the organisation's own."""

    model = Currency
    shown = {
        "id": "pk",
        "name": "code",
        "long_name": "name",
        "symbol": "symbol",
        "isdefault": Fields("is_base", out=serializers.BooleanField),
        "decimal_separator": "decimal_separator",
        "thousand_separator": "thousand_separator",
    }


class CurrencyViewSet(LookupViewSet):
    """The currencies that the agency trades in."""

    names = CurrencyNames
    one, many = "currency", "currencies"
    queryset = Currency.objects.filter(is_active=True)

    def all_rows(self):
        own = When(code=organisation.current().base_currency, then=Value(value=True))
        is_base = Case(own, default=Value(value=False), output_field=BooleanField())
        return super().all_rows().annotate(is_base=is_base).order_by("pk")

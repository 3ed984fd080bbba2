import django_filters as filters
from django.db.models import Q

from agency.reference.currencies.models import Currency


class CurrencyFilter(filters.FilterSet):
    search = filters.CharFilter(method="find")

    class Meta:
        model = Currency
        fields = ["search"]

    def find(self, currencies, name, text):
        return currencies.filter(Q(code__icontains=text) | Q(name__icontains=text))

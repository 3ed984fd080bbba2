"""Filters of the customer list, in ``/api/companies`` and on the page."""

import django_filters as filters

from agency.ui.choices import Flag, RecordChoice, WordChoice
from crm.choices import countries, currencies
from crm.customers.models import Customer


class CustomerFilter(filters.FilterSet):
    is_active = Flag(label="Active")
    owner_id = RecordChoice("staff.Staff", "owner", label="Owner")
    country = WordChoice(choices=countries, max_length=2, label="Country")
    currency = WordChoice(choices=currencies, max_length=3, label="Currency")
    city = filters.CharFilter(lookup_expr="iexact", max_length=100, label="City")
    created_from = filters.DateFilter(
        field_name="created_at", lookup_expr="date__gte", label="Added from"
    )
    created_to = filters.DateFilter(
        field_name="created_at", lookup_expr="date__lte", label="Added to"
    )
    search = filters.CharFilter(method="by_words", label="Search", max_length=200)

    class Meta:
        model = Customer
        fields: list[str] = []

    def by_words(self, customers, name, value):
        return customers.matching(value)

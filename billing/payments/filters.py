"""Filters of the payments, for every door."""

import django_filters as filters

from agency.api.filters import IdFilter
from billing.payments.models import Payment


class PaymentFilter(filters.FilterSet):
    invoice_id = IdFilter(field_name="invoice")
    customer_id = IdFilter(field_name="invoice__customer")
    mode_id = IdFilter(field_name="mode")
    paid_from = filters.DateFilter(field_name="paid_on", lookup_expr="gte")
    paid_to = filters.DateFilter(field_name="paid_on", lookup_expr="lte")

    class Meta:
        model = Payment
        fields: list[str] = []

"""Filters of the deal list, in ``/api/deals`` and on the page."""

import django_filters as filters

from agency.ui.choices import Flag, RecordChoice, WordChoice
from crm.choices import currencies
from crm.deals.models import Deal
from crm.deals.states import DealStage


class DealFilter(filters.FilterSet):
    company_id = RecordChoice("crm.Customer", "customer", picker="customers", label="Company")
    contact_id = RecordChoice("crm.Contact", "contact", picker="contacts", label="Contact")
    owner_id = RecordChoice("staff.Staff", "owner", label="Owner")
    stage = filters.ChoiceFilter(choices=DealStage.choices, label="Stage", empty_label="Any")
    pipeline = filters.CharFilter(lookup_expr="iexact", max_length=60, label="Pipeline")
    is_open = Flag(method="by_open", label="Open")
    currency = WordChoice(choices=currencies, max_length=3, label="Currency")
    close_from = filters.DateFilter("close_on", lookup_expr="gte", label="Closes from")
    close_to = filters.DateFilter("close_on", lookup_expr="lte", label="Closes to")
    search = filters.CharFilter(method="by_words", label="Search", max_length=200)

    class Meta:
        model = Deal
        fields: list[str] = []

    def by_open(self, deals, name, value):
        return deals.open() if value else deals.closed()

    def by_words(self, deals, name, value):
        return deals.matching(value)

"""Filters of the engagement list, in ``/api/engagements`` and on the page."""

import django_filters as filters

from agency.ui.choices import RecordChoice, WordChoice
from crm.choices import currencies
from crm.engagements.models import Engagement
from crm.engagements.states import EngagementStatus, EngagementType


class EngagementFilter(filters.FilterSet):
    status = filters.ChoiceFilter(
        choices=EngagementStatus.choices, label="Status", empty_label="Any"
    )
    company_id = RecordChoice("crm.Customer", "customer", picker="customers", label="Company")
    product = filters.CharFilter(lookup_expr="iexact", max_length=60, label="Product")
    engagement_type = filters.ChoiceFilter(
        choices=EngagementType.choices, label="Type", empty_label="Any"
    )
    owner_id = RecordChoice("staff.Staff", "owner", label="Owner")
    currency = WordChoice(choices=currencies, max_length=3, label="Currency")
    renewal_from = filters.DateFilter("renews_on", lookup_expr="gte", label="Renews from")
    renewal_to = filters.DateFilter("renews_on", lookup_expr="lte", label="Renews to")
    search = filters.CharFilter(method="by_words", label="Search", max_length=200)

    class Meta:
        model = Engagement
        fields: list[str] = []

    def by_words(self, engagements, name, value):
        return engagements.matching(value)

"""What the pages of the bookkeeping are narrowed by."""

import django_filters as filters
from django.db.models import Q, QuerySet

from billing.bookkeeping.models import ContactLink, Difference, Posting
from billing.xero.models import Call


class DifferenceFilter(filters.FilterSet):
    field = filters.ChoiceFilter(choices=Difference.Field.choices, label="What differs")
    search = filters.CharFilter(method="by_words", label="Search", max_length=200)

    class Meta:
        model = Difference
        fields: list[str] = []

    def by_words(self, rows: QuerySet, name: str, value: str):
        return rows.filter(
            Q(invoice__number__icontains=value)
            | Q(invoice__customer__name__icontains=value)
            | Q(theirs__icontains=value)
            | Q(ours__icontains=value)
        )


class CallFilter(filters.FilterSet):
    method = filters.ChoiceFilter(choices=[(one, one) for one in ("GET", "PUT", "POST")])
    called_from = filters.DateFilter(field_name="started_at", lookup_expr="date__gte")
    called_to = filters.DateFilter(field_name="started_at", lookup_expr="date__lte")
    search = filters.CharFilter(method="by_words", label="Search", max_length=200)

    class Meta:
        model = Call
        fields: list[str] = []

    def by_words(self, rows: QuerySet, name: str, value: str):
        return rows.filter(
            Q(what__icontains=value) | Q(message__icontains=value) | Q(request_id__iexact=value)
        )


class PostingFilter(filters.FilterSet):
    kind = filters.ChoiceFilter(choices=Posting.Kind.choices, label="Document")
    search = filters.CharFilter(method="by_words", label="Search", max_length=200)

    class Meta:
        model = Posting
        fields: list[str] = []

    def by_words(self, rows: QuerySet, name: str, value: str):
        return rows.filter(
            Q(message__icontains=value) | Q(xero_id__iexact=value) | Q(request_id__iexact=value)
        )


class ContactFilter(filters.FilterSet):
    search = filters.CharFilter(method="by_words", label="Search", max_length=200)

    class Meta:
        model = ContactLink
        fields: list[str] = []

    def by_words(self, rows: QuerySet, name: str, value: str):
        return rows.filter(Q(customer__name__icontains=value) | Q(reason__icontains=value))

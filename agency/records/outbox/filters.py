"""How the list of deliveries is narrowed."""

import django_filters as filters
from django.db.models import Q, QuerySet

from agency.records.outbox.models import Effect


class EffectFilter(filters.FilterSet):
    kind = filters.CharFilter(lookup_expr="icontains", max_length=60)
    asked_from = filters.DateFilter(field_name="created_at", lookup_expr="date__gte")
    asked_to = filters.DateFilter(field_name="created_at", lookup_expr="date__lte")
    search = filters.CharFilter(method="by_words", label="Search", max_length=200)

    class Meta:
        model = Effect
        fields: list[str] = []

    def by_words(self, effects: QuerySet, name: str, value: str):
        return effects.filter(
            Q(key__icontains=value)
            | Q(last_error__icontains=value)
            | Q(payload__subject__icontains=value)
            | Q(payload__to__icontains=value)
        )

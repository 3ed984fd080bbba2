import django_filters as filters
from django.db.models import QuerySet

from agency.ui.choices import Flag
from budgets.services.models import ServiceType


class ServiceTypeFilter(filters.FilterSet):
    """Filters of the services, in ``/api/service-types`` and in the settings."""

    is_active = Flag(label="Active")
    category = filters.CharFilter(lookup_expr="iexact", max_length=60)
    search = filters.CharFilter(method="by_words", label="Search", max_length=200)

    class Meta:
        model = ServiceType
        fields: list[str] = []

    def by_words(self, services: QuerySet, name: str, value: str):
        return services.matching(value)

import django_filters as filters
from django.db.models import QuerySet

from agency.ui.choices import Flag, RecordChoice
from billing.items.models import Item


class ItemFilter(filters.FilterSet):
    """Filters of the catalogue, in the APIs and on the page."""

    group_id = RecordChoice("billing.ItemGroup", "group", label="Group")
    is_active = Flag(label="Offered")
    search = filters.CharFilter(method="by_words", label="Search", max_length=200)

    class Meta:
        model = Item
        fields: list[str] = []

    def by_words(self, items: QuerySet, name: str, value: str):
        return items.matching(value)

import django_filters as filters
from django import forms

from agency.records import subjects
from agency.records.models import Event
from agency.staff.models import Staff


def kinds() -> list[tuple[str, str]]:
    return [(name, name.replace("_", " ").capitalize()) for name in subjects.names()]


class EventFilter(filters.FilterSet):
    """Who did what to which record, when, through what."""

    search = filters.CharFilter(field_name="subject_label", lookup_expr="icontains")
    by = filters.ModelChoiceFilter(
        queryset=Staff.objects.all(), label="Person", widget=forms.Select(attrs={"data-pick": ""})
    )
    kind = filters.ChoiceFilter(field_name="subject_type", choices=kinds, label="Record")
    record = filters.NumberFilter(field_name="subject_id", label="Record's id", min_value=1)
    verb = filters.CharFilter(lookup_expr="iexact", label="Step")
    through = filters.CharFilter(lookup_expr="icontains", label="Through")
    on = filters.DateFromToRangeFilter(field_name="happened_at__date", label="Day")

    class Meta:
        model = Event
        fields = ["search", "by", "kind", "record", "verb", "through"]

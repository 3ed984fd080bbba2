"""History, to look at."""

from django.contrib import admin

from agency.records.events.models import Event
from agency.records.looking import LookOnly


@admin.register(Event)
class EventAdmin(LookOnly):
    list_display = ["happened_at", "by", "verb", "subject_label", "subject_type", "through"]
    list_filter = ["subject_type", "verb", "happened_at"]
    list_select_related = ["by"]
    search_fields = ["subject_label", "=subject_id", "verb", "by__email"]
    date_hierarchy = "happened_at"

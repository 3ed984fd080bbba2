"""Long work, to look at."""

from django.contrib import admin

from agency.records.longwork.models import LongWork
from agency.records.looking import LookOnly


@admin.register(LongWork)
class LongWorkAdmin(LookOnly):
    list_display = ["title", "state", "requested_by", "total", "done", "refused", "asked_at"]
    list_filter = ["state", "kind", "asked_at"]
    list_select_related = ["requested_by"]
    search_fields = ["title", "requested_by__email"]
    exclude = ["file", "facts"]  # the file is its person's own

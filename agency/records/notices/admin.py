"""Who was told what, for support."""

from django.contrib import admin

from agency.records.looking import LookOnly
from agency.records.notices.models import Notice


@admin.register(Notice)
class NoticeAdmin(LookOnly):
    list_display = ["text", "kind", "staff", "told_at", "read_at"]
    list_filter = ["kind", "told_at"]
    list_select_related = ["staff"]
    search_fields = ["text", "staff__email"]

"""Effects, to look at and to try again."""

from django.contrib import admin

from agency.records.looking import LookOnly, run_on_all
from agency.records.outbox import operations as outbox
from agency.records.outbox.models import Effect


@admin.register(Effect)
class EffectAdmin(LookOnly):
    list_display = ["described", "kind", "state", "attempts", "due_at", "last_error", "created_at"]
    list_filter = ["state", "kind", "created_at"]
    search_fields = ["key", "last_error", "kind", "=subject_id"]
    date_hierarchy = "created_at"
    actions = ["retry", "cancel"]
    exclude = ["payload"]  # the text of a mail, with a client's link in it

    @admin.action(description="Try the chosen effects again", permissions=["retry"])
    def retry(self, request, queryset):
        run_on_all(request, queryset, outbox.retry, "tried again")

    @admin.action(description="Cancel the chosen effects", permissions=["retry"])
    def cancel(self, request, queryset):
        run_on_all(request, queryset, outbox.cancel, "cancelled")

    def has_retry_permission(self, request) -> bool:
        return request.user.has_perm("settings:manage")

"""Engagements in the admin."""

from django.contrib import admin

from agency.records.looking import run_on_all
from crm.engagements import operations
from crm.engagements.models import Engagement
from crm.office_admin import OfficeAdmin


@admin.register(Engagement)
class EngagementAdmin(OfficeAdmin):
    operations = operations
    list_display = [
        "name",
        "customer",
        "product",
        "status",
        "monthly_revenue",
        "total_value",
        "currency",
        "margin_pct",
        "margin_source",
        "renews_on",
    ]
    list_filter = ["status", "engagement_type", "product", "currency", "owner"]
    list_select_related = ["customer"]
    search_fields = ["name", "customer__name", "product", "jira_project_key"]
    date_hierarchy = "start_on"
    autocomplete_fields = ["customer"]
    readonly_fields = ["margin_source", "stopped_on", "created_by", "created_at", "updated_at"]
    actions = ["pause", "complete"]

    def get_readonly_fields(self, request, obj=None):
        fixed = operations.FIXED if obj else ()
        return [*self.readonly_fields, *fixed]

    def has_delete_permission(self, request, obj=None) -> bool:
        return False  # a cancelled engagement is at its end, and stays

    @admin.action(permissions=["change"], description="Pause the selected engagements")
    def pause(self, request, queryset):
        run_on_all(request, queryset, operations.pause, "paused")

    @admin.action(permissions=["change"], description="Complete the selected engagements")
    def complete(self, request, queryset):
        run_on_all(request, queryset, operations.complete, "completed")

"""Deals in the admin."""

from django.contrib import admin

from agency.records.looking import run_on_all
from crm.deals import operations
from crm.deals.models import Deal
from crm.office_admin import OfficeAdmin


@admin.register(Deal)
class DealAdmin(OfficeAdmin):
    operations = operations
    list_display = ["title", "customer", "stage", "value", "currency", "probability", "close_on"]
    list_filter = ["stage", "pipeline", "currency", "owner"]
    list_select_related = ["customer"]
    search_fields = ["title", "customer__name"]
    date_hierarchy = "close_on"
    autocomplete_fields = ["customer", "contact"]
    fields = [
        "title",
        "customer",
        "contact",
        "pipeline",
        "stage",
        "lost_reason",
        "value",
        "currency",
        "probability",
        "close_on",
        "owner",
        "closed_at",
        "created_by",
        "created_at",
        "updated_at",
    ]
    readonly_fields = ["closed_at", "created_by", "created_at", "updated_at"]
    actions = ["win"]

    @admin.action(permissions=["change"], description="Mark the selected deals as won")
    def win(self, request, queryset):
        run_on_all(request, queryset, operations.win, "won")

"""Customers in the admin; the slices above add their rows to the page of one."""

from django.contrib import admin

from agency.records.looking import run_on_all
from crm.customers import operations
from crm.customers.models import Customer
from crm.office_admin import OfficeAdmin


@admin.register(Customer)
class CustomerAdmin(OfficeAdmin):
    operations = operations
    list_display = ["name", "city", "country", "currency", "owner", "is_active", "created_at"]
    list_filter = ["is_active", "country", "currency", "owner"]
    list_select_related = ["owner"]
    search_fields = ["name", "domain", "email", "city", "tax_number"]
    readonly_fields = ["created_by", "created_at", "updated_at"]
    inlines: list[type] = []
    actions = ["activate", "deactivate"]
    fieldsets = [
        (None, {"fields": ["name", "owner", "is_active", "email", "phone", "website", "domain"]}),
        ("Money", {"fields": ["tax_number", "currency", "payment_terms_days"]}),
        ("Address", {"fields": ["address", "city", "state", "postcode", "country"]}),
        (
            "Billing and shipping",
            {
                "classes": ["collapse"],
                "fields": [
                    f"{kind}_{part}"
                    for kind in ("billing", "shipping")
                    for part in ("street", "city", "state", "postcode", "country")
                ],
            },
        ),
        ("Record", {"fields": ["created_by", "created_at", "updated_at"]}),
    ]

    @admin.action(permissions=["change"], description="Set the selected customers active")
    def activate(self, request, queryset):
        run_on_all(request, queryset, operations.activate, "active now")

    @admin.action(permissions=["change"], description="Set the selected customers inactive")
    def deactivate(self, request, queryset):
        run_on_all(request, queryset, operations.deactivate, "inactive now")

"""Customers in the admin, with their people and their onboarding."""

from django.contrib import admin

from agency.records.looking import run_on_all
from crm.contacts import operations as contacts
from crm.contacts.models import Contact
from crm.customers import operations
from crm.customers.models import Customer
from crm.office_admin import OfficeAdmin, write_rows
from crm.onboarding.models import OnboardingMilestone


class ContactInline(admin.TabularInline):
    model = Contact
    extra = 0
    fields = ["first_name", "last_name", "title", "email", "phone", "is_primary", "is_active"]


class OnboardingInline(admin.TabularInline):
    """To look at: ticking is done on the customer's page."""

    model = OnboardingMilestone
    extra = 0
    can_delete = False
    fields = readonly_fields = ["stage", "title", "completed_at", "completed_by", "source"]

    def has_add_permission(self, request, obj=None) -> bool:
        return False

    def has_change_permission(self, request, obj=None) -> bool:
        return False


@admin.register(Customer)
class CustomerAdmin(OfficeAdmin):
    operations = operations
    list_display = ["name", "city", "country", "currency", "owner", "is_active", "created_at"]
    list_filter = ["is_active", "country", "currency", "owner"]
    list_select_related = ["owner"]
    search_fields = ["name", "domain", "email", "city", "tax_number"]
    readonly_fields = ["created_by", "created_at", "updated_at"]
    inlines = [ContactInline, OnboardingInline]
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

    def write_inline(self, formset, parent, *, by) -> None:
        if formset.model is Contact:
            write_rows(formset, contacts, by=by, customer=parent)

    @admin.action(permissions=["change"], description="Set the selected customers active")
    def activate(self, request, queryset):
        run_on_all(request, queryset, operations.activate, "active now")

    @admin.action(permissions=["change"], description="Set the selected customers inactive")
    def deactivate(self, request, queryset):
        run_on_all(request, queryset, operations.deactivate, "inactive now")

from django.contrib import admin
from django.urls import reverse
from django.utils.html import format_html

from agency.records.looking import run_on_all
from agency.reference.adminforms import OperationAdmin
from agency.staff.credentials.admin import KeyInline
from agency.staff.models import Staff
from agency.staff.people import letters, operations
from agency.staff.signin import second_factor

WORK = ["role", "departments", "hourly_rate", "weekly_minutes", "time_zone"]


@admin.register(Staff)
class StaffAdmin(OperationAdmin):
    """The people; a password is set on their page, never shown and never typed here."""

    operations = operations
    write_level = "manage"
    list_display = ["__str__", "email", "title", "role", "is_active", "is_staff", "last_login"]
    list_filter = ["is_active", "role", "departments", "teams", "is_staff"]
    list_select_related = ["role"]
    search_fields = ["first_name", "last_name", "email", "title"]
    autocomplete_fields = ["role", "departments"]
    readonly_fields = ["last_login", "created_at", "updated_at", "page"]
    date_hierarchy = "created_at"
    actions = ["invite", "deactivate", "activate", "turn_codes_off"]

    def get_fieldsets(self, request, obj=None):
        who = ["first_name", "last_name", "email", "title", "phone"]
        if obj is None:
            return [(None, {"fields": who}), ("Work", {"fields": WORK})]
        account = ["page", "is_active", "is_staff", "last_login", "created_at", "updated_at"]
        return [
            (None, {"fields": who}),
            ("Work", {"fields": WORK}),
            ("Account", {"fields": account}),
        ]

    def get_inlines(self, request, obj=None):
        return [KeyInline] if obj else []

    @admin.display(description="Password and steps")
    def page(self, person):
        path = reverse("staff-page", args=[person.pk])
        return format_html('<a href="{}">On their page</a>', path)

    @admin.action(description="Mail an invitation", permissions=["change"])
    def invite(self, request, queryset):
        run_on_all(request, queryset, letters.invite, "invited")

    @admin.action(description="Deactivate", permissions=["change"])
    def deactivate(self, request, queryset):
        run_on_all(request, queryset, operations.deactivate, "deactivated")

    @admin.action(description="Activate", permissions=["change"])
    def activate(self, request, queryset):
        run_on_all(request, queryset, operations.activate, "activated")

    @admin.action(description="Turn off two-step sign-in", permissions=["change"])
    def turn_codes_off(self, request, queryset):
        run_on_all(request, queryset, second_factor.turn_off, "sign in by password alone")

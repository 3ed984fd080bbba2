"""Contacts in the admin."""

from django.contrib import admin

from crm.contacts import operations
from crm.contacts.models import Contact
from crm.customers.admin import CustomerAdmin
from crm.office_admin import OfficeAdmin, OfficeInline, write_rows


class ContactInline(OfficeInline):
    """The people on the page of their customer."""

    model = Contact
    fields = ["first_name", "last_name", "title", "email", "phone", "is_primary", "is_active"]

    @staticmethod
    def write(formset, parent, *, by) -> None:
        write_rows(formset, operations, by=by, customer=parent)


CustomerAdmin.inlines.append(ContactInline)


@admin.register(Contact)
class ContactAdmin(OfficeAdmin):
    operations = operations
    list_display = ["__str__", "customer", "email", "phone", "title", "is_primary", "is_active"]
    list_filter = ["is_primary", "is_active"]
    list_select_related = ["customer"]
    search_fields = ["first_name", "last_name", "email", "customer__name"]
    autocomplete_fields = ["customer"]
    readonly_fields = ["created_at", "updated_at"]

    def get_readonly_fields(self, request, obj=None):
        return [*self.readonly_fields, "customer"] if obj else self.readonly_fields

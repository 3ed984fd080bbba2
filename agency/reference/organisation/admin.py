from types import SimpleNamespace

from django.contrib import admin

from agency.reference.adminforms import OperationAdmin
from agency.reference.organisation import operations
from agency.reference.organisation.models import Organisation


def save(own: Organisation, *, by, **values) -> Organisation:
    return operations.update(by=by, **values)


@admin.register(Organisation)
class OrganisationAdmin(OperationAdmin):
    """The one record; what decides over money is set by who manages the settings."""

    operations = SimpleNamespace(update=save)
    list_display = ["name", "abn", "base_currency", "time_zone", "locked_before", "updated_at"]
    fieldsets = [
        (None, {"fields": ["name", "legal_name", "email", "phone", "website", "logo"]}),
        ("Address", {"fields": ["address", "city", "state", "postcode", "country"]}),
        (
            "Tax, money and time",
            {"fields": ["abn", "is_tax_registered", "base_currency", "time_zone"]},
        ),
        (
            "Bank details",
            {"fields": ["bank_name", "bank_account_name", "bank_bsb", "bank_account_number"]},
        ),
        ("Invoices", {"fields": ["payment_terms_days", "invoice_text", "locked_before"]}),
    ]

    def get_readonly_fields(self, request, obj=None):
        return [] if self._may(request, "manage") else sorted(operations.MONEY)

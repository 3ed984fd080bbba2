from types import SimpleNamespace

from django.contrib import admin

from agency.reference.adminforms import OperationAdmin
from agency.reference.taxes import operations
from agency.reference.taxes.models import Tax


@admin.register(Tax)
class TaxAdmin(OperationAdmin):
    """Rates of tax as fractions; one that documents know is retired, never deleted."""

    operations = SimpleNamespace(create=operations.create, update=operations.update)
    write_level = "manage"
    list_display = ["name", "code", "rate", "is_default", "is_active"]
    list_filter = ["is_active", "is_default"]
    search_fields = ["name", "code"]

    def get_exclude(self, request, obj=None):
        return [] if obj else ["is_active"]

    def get_readonly_fields(self, request, obj=None):
        return ["code"] if obj else []

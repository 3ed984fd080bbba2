from types import SimpleNamespace

from django.contrib import admin

from agency.reference.adminforms import OperationAdmin
from agency.reference.modes import operations
from agency.reference.modes.models import PaymentMode


@admin.register(PaymentMode)
class PaymentModeAdmin(OperationAdmin):
    """How money arrives; a mode is retired, never deleted."""

    operations = SimpleNamespace(create=operations.create, update=operations.update)
    list_display = ["name", "description", "is_active"]
    list_filter = ["is_active"]
    search_fields = ["name", "description"]

    def get_exclude(self, request, obj=None):
        return [] if obj else ["is_active"]

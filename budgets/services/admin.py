"""Services in the admin."""

from django.contrib import admin

from agency.reference.adminforms import OperationAdmin
from budgets.services import operations
from budgets.services.models import ServiceType


@admin.register(ServiceType)
class ServiceTypeAdmin(OperationAdmin):
    """Kinds of service with their usual prices; all that changes them needs the manage level."""

    operations = operations
    write_level = "manage"
    list_display = ["name", "category", "default_rate", "unit", "position", "is_active"]
    list_filter = ["is_active", "category"]
    search_fields = ["name", "description", "category"]
    fields = ["name", "category", "default_rate", "unit", "position", "is_active", "description"]

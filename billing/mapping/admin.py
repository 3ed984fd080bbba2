from types import SimpleNamespace

from django.contrib import admin

from agency.reference.adminforms import OperationAdmin
from billing.mapping import operations
from billing.mapping.models import MappingRule


def add(*, service_type, by, **values) -> MappingRule:
    return operations.upsert(service_type, by=by, **values)


def change(rule: MappingRule, *, by, **values) -> MappingRule:
    return operations.upsert(rule.service_type, by=by, **values)


@admin.register(MappingRule)
class MappingRuleAdmin(OperationAdmin):
    """Which account each service type is booked to; a rule is changed, never deleted."""

    operations = SimpleNamespace(create=add, update=change)
    write_level = "manage"
    list_display = ["service_type", "xero_account_code", "description"]
    search_fields = ["service_type__name", "xero_account_code"]
    list_select_related = ["service_type"]

    def get_readonly_fields(self, request, obj=None):
        return ["service_type"] if obj else []

from django.contrib import admin

from billing.mapping import operations
from billing.mapping.models import MappingRule


@admin.register(MappingRule)
class MappingRuleAdmin(admin.ModelAdmin):
    """Which account each service type is booked to."""

    list_display = ["service_type", "xero_account_code", "description"]
    search_fields = ["service_type__name", "xero_account_code"]
    list_select_related = ["service_type"]

    def save_model(self, request, obj, form, change) -> None:
        values = {name: form.cleaned_data[name] for name in ("xero_account_code", "description")}
        rule = operations.upsert(obj.service_type, by=request.user, **values)
        obj.pk = rule.pk

    def has_add_permission(self, request) -> bool:
        return request.user.has_perm("invoices:manage")

    def has_change_permission(self, request, obj=None) -> bool:
        return request.user.has_perm("invoices:manage")

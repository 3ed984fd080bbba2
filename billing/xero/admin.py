"""The connection to Xero and its calls in the admin, to look at; tokens are nowhere to be seen."""

from django.contrib import admin

from agency.records.looking import LookOnly
from billing.xero.models import Call, Connection, ListedAccount, ListedTaxRate


class ForAdministrators(LookOnly):
    def has_view_permission(self, request, obj=None) -> bool:
        return request.user.has_perm("settings:manage")


@admin.register(Connection)
class ConnectionAdmin(ForAdministrators):
    list_display = ["__str__", "state", "grant", "connected_at", "refreshed_at", "failures"]
    exclude = ["tokens"]


@admin.register(Call)
class CallAdmin(ForAdministrators):
    list_display = ["started_at", "method", "what", "status", "message", "request_id"]
    list_filter = ["method", "status"]
    search_fields = ["what", "message", "request_id"]
    date_hierarchy = "started_at"


@admin.register(ListedAccount)
class ListedAccountAdmin(LookOnly):
    list_display = ["code", "name", "type", "tax_type", "status", "takes_payments"]
    list_filter = ["type", "status"]
    search_fields = ["code", "name"]


@admin.register(ListedTaxRate)
class ListedTaxRateAdmin(LookOnly):
    list_display = ["code", "name", "rate", "status", "on_revenue"]
    search_fields = ["code", "name"]

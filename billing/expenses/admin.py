"""Expenses and their categories in the admin."""

from types import SimpleNamespace

from django.contrib import admin

from agency import money
from agency.reference.adminforms import OperationAdmin
from billing.expenses import categories, operations
from billing.expenses.models import Expense, ExpenseCategory
from crm.office_admin import OfficeAdmin


@admin.register(ExpenseCategory)
class ExpenseCategoryAdmin(OperationAdmin):
    """A category is retired, never deleted."""

    operations = SimpleNamespace(create=categories.create, update=categories.update)
    write_level = "manage"
    list_display = ["name", "description", "is_active"]
    list_filter = ["is_active"]
    search_fields = ["name", "description"]

    def get_exclude(self, request, obj=None):
        return [] if obj else ["is_active"]


@admin.register(Expense)
class ExpenseAdmin(OfficeAdmin):
    operations = operations
    list_display = ["__str__", "category", "spent_on", "customer", "currency", "shown", "on"]
    list_filter = ["category", "is_billable", "currency", "spent_on"]
    search_fields = ["name", "description", "note", "customer__name"]
    list_select_related = ["category", "customer", "invoice_line__invoice"]
    autocomplete_fields = ["customer", "project"]
    readonly_fields = ["tax_rate", "tax", "total", "on", "created_by"]
    date_hierarchy = "spent_on"

    def values_of(self, form) -> dict:
        """A new one is all that stands in the form, the currency that nobody touched included."""
        return form.changed_values() if form.instance.pk else form.cleaned_data

    @admin.display(description="Total", ordering="total")
    def shown(self, expense: Expense):
        return money.shown(expense.total, expense.currency)

    @admin.display(description="Invoice")
    def on(self, expense: Expense) -> str:
        return str(expense.invoice or "")

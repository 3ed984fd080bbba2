"""Budgets in the admin, with their lines, written through the operations."""

from django import forms
from django.contrib import admin

from agency.reference.adminforms import OperationAdmin
from agency.ui import formats
from agency.ui.forms import OfficeModelForm
from budgets.budgets import operations
from budgets.budgets.models import Budget
from budgets.lines import operations as lines
from budgets.lines.models import BudgetLine


class BudgetAdminForm(OfficeModelForm):
    """A budget is for the project, else for the deal, else for the company."""

    class Meta:
        model = Budget
        fields = [
            "name",
            "customer",
            "project",
            "deal",
            "contact",
            "budget_type",
            "status",
            "currency",
            "total_amount",
            "po_number",
            "starts_on",
            "forecast_on",
            "owner",
            "notes",
        ]

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        if "owner" in self.fields:
            self.fields["owner"].required = False

    def clean(self):
        values = super().clean()
        chosen = [values.get(name) for name in ("project", "deal", "customer")]
        if not any(chosen):
            raise forms.ValidationError("Name the project, the deal or the company it is for.")
        if all(chosen[:2]):
            raise forms.ValidationError("Name the project or the deal, not both.")
        return values


class LineInline(admin.TabularInline):
    model = BudgetLine
    extra = 0
    fields = ["position", "description", "service_type", "quantity", "unit_price", "amount"]
    readonly_fields = ["amount"]


@admin.register(Budget)
class BudgetAdmin(OperationAdmin):
    operations = operations
    form = BudgetAdminForm
    list_display = [
        "name",
        "customer",
        "budget_type",
        "status",
        "currency",
        "agreed",
        "logged",
        "invoiced",
        "owner",
    ]
    list_filter = ["status", "budget_type", "currency"]
    search_fields = ["name", "po_number", "customer__name"]
    date_hierarchy = "created_at"
    raw_id_fields = ["project", "deal", "customer", "contact", "owner"]
    inlines = [LineInline]

    def get_queryset(self, request):
        rows = super().get_queryset(request).visible_to(request.user)
        return rows.select_related("customer", "owner").with_figures()

    def values_of(self, form, *, change: bool) -> dict:
        values = super().values_of(form, change=change)
        typed = form.cleaned_data
        if not change or {"project", "deal", "customer"} & set(form.changed_data):
            values["resource"] = typed["project"] or typed["deal"] or typed["customer"]
        for name in ("project", "deal"):
            values.pop(name, None)
        return values

    def save_formset(self, request, form, formset, change) -> None:
        """Each line goes through its own operation; the budget's history tells of it."""
        formset.save(commit=False)
        for line in formset.deleted_objects:
            lines.delete(line, by=request.user)
        for line, names in formset.changed_objects:
            lines.update(line, by=request.user, **{name: getattr(line, name) for name in names})
        for line in formset.new_objects:
            names = ("description", "service_type", "quantity", "unit_price", "position")
            values = {name: getattr(line, name) for name in names}
            lines.create(form.instance, by=request.user, **values)

    @admin.display(description="Budget")
    def agreed(self, budget: Budget) -> str:
        return self.amount(budget, budget.figures.agreed)

    @admin.display(description="Logged")
    def logged(self, budget: Budget) -> str:
        return self.amount(budget, budget.figures.burned)

    @admin.display(description="Invoiced")
    def invoiced(self, budget: Budget) -> str:
        return self.amount(budget, budget.figures.invoiced)

    def amount(self, budget: Budget, value) -> str:
        return formats.amount(value, budget.currency)

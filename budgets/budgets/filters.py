import django_filters as filters
from django.db.models import QuerySet

from agency.api.filters import IdFilter
from agency.ui.choices import RecordChoice
from budgets.budgets.models import Budget
from budgets.budgets.states import BudgetStatus, BudgetType, ResourceType

RESOURCES = [*ResourceType.choices, ("customer", "Customer")]
ABOVE = [("80", "more than 80 % used"), ("100", "over budget")]


class BudgetFilter(filters.FilterSet):
    """Filters of the budgets, in ``/api/budgets`` and on the page."""

    resource_type = filters.ChoiceFilter(
        choices=RESOURCES, method="by_resource", label="For a", empty_label="Any"
    )
    resource_id = IdFilter(method="by_resource")
    company_id = IdFilter(field_name="customer")
    project_id = IdFilter(field_name="project")
    owner_id = IdFilter(field_name="owner")
    status = filters.ChoiceFilter(choices=BudgetStatus.choices)
    budget_type = filters.ChoiceFilter(choices=BudgetType.choices, label="Type", empty_label="Any")
    used_above = filters.ChoiceFilter(
        choices=ABOVE, method="by_use", label="Used", empty_label="Any"
    )
    search = filters.CharFilter(method="by_words", label="Search", max_length=200)

    class Meta:
        model = Budget
        fields: list[str] = []

    def by_resource(self, budgets: QuerySet, name: str, value):
        """Both parameters together name one resource; each alone narrows by its half."""
        kind = self.form.cleaned_data.get("resource_type") or None
        kind = ResourceType.COMPANY if kind == "customer" else kind
        return budgets.for_resource(kind, self.form.cleaned_data.get("resource_id"))

    def by_use(self, budgets: QuerySet, name: str, value: str):
        return budgets.burned_above(int(value))

    def by_words(self, budgets: QuerySet, name: str, value: str):
        return budgets.matching(value)


class BudgetPageFilter(BudgetFilter):
    """The same for the page, where people choose a company or a person by name."""

    company_id = RecordChoice("crm.Customer", "customer", picker="customers", label="Company")
    project_id = RecordChoice("crm.Project", "project", picker="projects", label="Project")
    owner_id = RecordChoice("staff.Staff", "owner", label="Owner")

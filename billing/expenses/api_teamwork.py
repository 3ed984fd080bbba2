"""``/expenses.json``, with and without a project."""

from rest_framework import serializers

from agency.api.fields import TextIn
from agency.api.teamwork import names
from agency.api.teamwork.fields import AmountText, DateIn, DateOut, MoneyText
from agency.api.teamwork.projects import OfProjectMixin
from agency.api.teamwork.views import TeamworkViewSet
from billing.expenses import operations
from billing.expenses.models import Expense

FIELDS = {
    "id": "pk",
    "name": "name",
    "description": "description",
    "date": DateOut(source="spent_on"),
    "cost": MoneyText(source="amount"),
    "invoice-id": "invoice_line.invoice_id",
    "created-by-user-id": "created_by_id",
    "created-by-user-firstname": "created_by.first_name",
    "created-by-user-lastname": "created_by.last_name",
}
ExpenseOnInvoice = names.row("ExpenseOnInvoice", Expense, FIELDS)
ExpenseRow = names.row(
    "Expense",
    Expense,
    {
        **FIELDS,
        "project-id": "project_id",
        "project-name": "project.name",
        "company-id": "customer_id",
        "company-name": "customer.name",
        "currency-code": "currency",
    },
)


class ExpenseFields(
    names.body(
        "ExpenseFields",
        {
            "name": serializers.CharField(max_length=200),
            "description": TextIn(max_length=4000),
            "date": DateIn(source="spent_on", required=False),
            "cost": AmountText(source="amount"),
        },
    )
):
    """What was spent, to be passed on; its category is the first one in use."""


class ExpenseTeamworkViewSet(OfProjectMixin, TeamworkViewSet):
    """What the agency spent for its customers."""

    tool = "expenses"
    operations = operations
    one, many = "expense", "expenses"
    row_class = ExpenseRow
    serializer_class = ExpenseFields
    queryset = Expense.objects.listing()

    def get_queryset(self):
        rows, project = super().get_queryset(), self.project()
        return rows if project is None else rows.filter(project=project)

    def create(self, request, *args, **kwargs):
        project = self.project()
        made = operations.pass_on(by=request.user, project=project, **self.body())
        return self.made(made.pk)

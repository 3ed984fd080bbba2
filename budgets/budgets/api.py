"""``/api/budgets``."""

from agency.api.agency import AgencyViewSet
from agency.api.schema import answers
from budgets.budgets import operations
from budgets.budgets.bodies import BudgetBody
from budgets.budgets.filters import BudgetFilter
from budgets.budgets.models import Budget
from budgets.budgets.querysets import FIGURES
from budgets.budgets.rows import BudgetRow
from budgets.lines.api import BudgetLineRow
from budgets.lines.models import BudgetLine
from crm.timesheets.models import TimeEntry
from crm.timesheets.rows import TimeEntryRow


class BudgetViewSet(AgencyViewSet):
    """Budgets with what is planned, logged, burned and invoiced on them."""

    tool = "budgets"
    operations = operations
    one, many = "budget", "budgets"
    queryset = Budget.objects.listing()
    row_class, serializer_class = BudgetRow, BudgetBody
    filterset_class = BudgetFilter
    sorts = {
        "name": "name",
        "status": "status",
        "budget_type": "budget_type",
        "company_name": "customer__name",
        "owner_name": "owner__first_name",
        "total_amount": "total_amount",
        "forecast_date": "forecast_on",
        "created_at": "created_at",
        "updated_at": "updated_at",
        **{name: f"by_{name}" for name in FIGURES},
    }

    def sorted(self, rows):
        """Figures become columns only where the list is sorted by them."""
        asked = self.request.query_params.get("sort", "").replace("-", "").split(",")
        for name in FIGURES:
            if name in asked:
                rows = rows.with_column(name)
        return super().sorted(rows)

    @answers({"line_items": [BudgetLineRow], "time_entries": [TimeEntryRow]})
    def beside(self, pk: int) -> dict:
        entries = TimeEntry.objects.visible_to(self.request.user).filter(budget=pk)
        return {
            "line_items": BudgetLineRow().rows(BudgetLine.objects.filter(budget=pk).listing()),
            "time_entries": TimeEntryRow().rows(entries.order_by("-date", "-pk")),
        }

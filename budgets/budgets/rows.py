"""What the agency dialect shows of a budget."""

from rest_framework import serializers

from agency import money
from agency.api.fields import HoursOut, IdField, MoneyOut, PersonName
from agency.api.rows import ColumnMixin, RowSerializer
from budgets.budgets.figures import Figures, Ledger
from budgets.budgets.models import Budget
from budgets.budgets.states import ResourceType

HOURS = HoursOut()
NAMED = 200


class OfResource(ColumnMixin):
    """Reads the column of the project, deal or company that the budget is for."""

    part = "id"

    @property
    def paths(self) -> list[str]:
        columns = [f"{name}__{self.part}" for name in ("project", "deal", "customer")]
        return ["resource_type", *(path.replace("__id", "_id") for path in columns)]

    def convert(self, kind, project, deal, customer):
        found = {ResourceType.PROJECT: project, ResourceType.DEAL: deal}.get(kind, customer)
        return found if found is None else str(found)


class ResourceId(OfResource, IdField):
    """The id of what the budget is for."""


class ResourceName(OfResource, serializers.CharField):
    """The name of what the budget is for."""

    @property
    def paths(self) -> list[str]:
        return ["resource_type", "project__name", "deal__title", "customer__name"]


class FigureOut(ColumnMixin, serializers.DecimalField):
    """A figure that ``BudgetRow`` puts in from the ledger; no column holds it."""

    paths = ["id"]

    def __init__(self, **kwargs) -> None:
        super().__init__(max_digits=19, decimal_places=4, read_only=True, **kwargs)

    def convert(self, pk):
        return None


class BudgetRow(RowSerializer):
    """A budget with its figures: three statements more than its columns, however many rows."""

    id = IdField()
    name = serializers.CharField()
    resource_type = serializers.CharField()
    resource_id = ResourceId()
    resource_name = ResourceName()
    company_id = IdField(source="customer_id")
    company_name = serializers.CharField(source="customer.name")
    contact_id = IdField()
    project_id = IdField()
    deal_id = IdField()
    budget_type = serializers.CharField()
    status = serializers.CharField()
    currency = serializers.CharField()
    total_amount = MoneyOut()
    po_number = serializers.CharField()
    start_date = serializers.DateField(source="starts_on")
    forecast_date = serializers.DateField(source="forecast_on")
    notes = serializers.CharField()
    owner_id = IdField()
    owner_name = PersonName(source="owner")
    created_by = IdField(source="created_by_id")
    created_at = serializers.DateTimeField()
    updated_at = serializers.DateTimeField()
    line_item_count = FigureOut(help_text="How many lines it has")
    spent_amount = FigureOut(help_text="The sum of the line amounts: what is planned")
    logged_hours = FigureOut(help_text="All time on it, whatever its status")
    budget_amount = FigureOut(help_text="total_amount, else the sum of the line amounts")
    burned_amount = FigureOut(help_text="Approved billable time at its rates")
    invoiced_amount = FigureOut(help_text="On invoices that are not voided, net of tax")
    remaining_amount = FigureOut(help_text="budget_amount less invoiced_amount, never below 0")
    unapproved_hours = FigureOut(help_text="Time that nobody has approved or rejected yet")

    model = Budget

    def iterate(self, queryset):
        ledger = Ledger(queryset)
        return (entered(row, ledger) for row in super().iterate(queryset))

    def rows(self, queryset):
        found = super().rows(queryset)
        ledger = Ledger(shortest(queryset, [int(row["id"]) for row in found]))
        return [entered(row, ledger) for row in found]

    def row_and(self, queryset, pk, *columns):
        row, *others = super().row_and(queryset, pk, *columns)
        return entered(row, Ledger([pk])), *others


def shortest(queryset, keys: list[int]):
    """What names the rows at the least cost: few by their keys, all that match by their query."""
    if len(keys) <= NAMED:
        return keys
    query = queryset.query
    if query.is_sliced and query.low_mark == 0 and len(keys) < query.high_mark:
        queryset = queryset.all()
        queryset.query.clear_limits()
    return queryset


def entered(row: dict, ledger: Ledger) -> dict:
    """The row with its figures in the places that wait for them."""
    figures = ledger.of(int(row["id"]), row["currency"], row["total_amount"])
    row.update(written(figures, row["currency"]))
    return row


def written(figures: Figures, currency: str) -> dict:
    """The figures as the wire has them: money in the currency's decimals, time in hours."""
    return {
        "line_item_count": figures.line_count,
        "spent_amount": money.shown(figures.planned, currency),
        "logged_hours": HOURS.convert(figures.logged_minutes),
        "budget_amount": money.shown(figures.agreed, currency),
        "burned_amount": money.shown(figures.burned, currency),
        "invoiced_amount": money.shown(figures.invoiced, currency),
        "remaining_amount": money.shown(figures.remaining, currency),
        "unapproved_hours": HOURS.convert(figures.unapproved_minutes),
    }

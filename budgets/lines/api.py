"""``/api/budgets/:id/line-items``."""

from django.apps import apps
from django.http import Http404
from rest_framework import serializers
from rest_framework.response import Response

from agency import money
from agency.api.agency import AgencyViewSet
from agency.api.fields import AmountIn, HoursOut, IdField, MoneyOut, PlainOut, RelatedId
from agency.api.rows import RowSerializer, StrictSerializer
from agency.api.schema import answers
from budgets.lines import operations
from budgets.lines.models import BudgetLine
from budgets.services.wire import LARGEST_POSITION, OrderOfIds


class BudgetLineRow(RowSerializer):
    """A line of a budget; hours are approved time, invoiced is net of tax."""

    id = IdField()
    budget_id = IdField()
    description = serializers.CharField()
    quantity = PlainOut()
    unit_price = PlainOut(least=2)
    amount = MoneyOut(currency="budget.currency")
    service_type_id = IdField()
    service_type_name = serializers.CharField(source="service_type.name")
    task_id = IdField()
    task_title = serializers.CharField(source="task.title")
    position = serializers.IntegerField()
    logged_hours = HoursOut(source="logged_minutes")
    burned_amount = MoneyOut(source="burned", currency="budget.currency")
    invoiced_amount = MoneyOut(source="invoiced", currency="budget.currency")
    created_at = serializers.DateTimeField()
    updated_at = serializers.DateTimeField()

    model = BudgetLine


class BudgetLineBody(StrictSerializer):
    """A line of a budget: its amount is always quantity × unit price."""

    description = serializers.CharField(max_length=500)
    quantity = AmountIn(required=False, min_value=money.ZERO)
    unit_price = AmountIn(required=False)
    service_type_id = RelatedId(
        "budgets.ServiceType", source="service_type", required=False, allow_null=True
    )
    task_id = RelatedId("crm.Task", source="task", required=False, allow_null=True)
    position = serializers.IntegerField(
        required=False, min_value=0, max_value=LARGEST_POSITION, default=0
    )


class LineOrder(StrictSerializer):
    """``item_ids``: every line of the budget, in the order wanted."""

    item_ids = OrderOfIds()


class BudgetLineViewSet(AgencyViewSet):
    """The lines of one budget; ``budget_pk`` names it, ``pk`` the line."""

    tool = "budgets"
    operations = operations
    one, many = "item", "line_items"
    queryset = BudgetLine.objects.listing()
    row_class, serializer_class = BudgetLineRow, BudgetLineBody

    def budget(self):
        """The budget of the path, 404 where the caller may not see it."""
        budgets = apps.get_model("budgets", "Budget").objects.visible_to(self.request.user)
        found = budgets.filter(pk=self.key("budget_pk")).first()
        if found is None:
            raise Http404
        return found

    def get_queryset(self):
        return self.queryset.filter(budget=self.budget())

    def create(self, request, *args, **kwargs):
        """Add a line at a position, 0 unless given."""
        line = operations.create(self.budget(), by=request.user, **self.body())
        return self.answer(line, status=201)

    def destroy(self, request, *args, **kwargs):
        """Take a line off the budget."""
        return super().destroy(request, *args, **kwargs)

    destroy.level = "update"

    @answers(ok=True, body=LineOrder)
    def reorder(self, request, *args, **kwargs):
        """Put all lines of the budget in a new order."""
        ids = self.body(serializer_class=LineOrder)["item_ids"]
        operations.reorder(self.budget(), ids, by=request.user)
        return Response({"ok": True})

    reorder.level = "update"

"""``/api/expenses`` and its categories."""

from rest_framework import serializers
from rest_framework.response import Response

from agency.api.agency import AgencyViewSet
from agency.api.answers import answers
from agency.api.fields import (
    AmountIn,
    CurrencyIn,
    IdField,
    MoneyOut,
    PlainOut,
    RelatedId,
    TextIn,
)
from agency.api.rows import RowSerializer, StrictSerializer
from agency.api.viewsets import action
from billing.expenses import operations
from billing.expenses.filters import ExpenseFilter
from billing.expenses.models import Expense, ExpenseCategory


class CategoryRow(RowSerializer):
    model = ExpenseCategory

    id = IdField()
    name = serializers.CharField()
    description = serializers.CharField()
    is_active = serializers.BooleanField()


class ExpenseRow(RowSerializer):
    id = IdField()
    category_id = IdField()
    category_name = serializers.CharField(source="category.name")
    name = serializers.CharField()
    description = serializers.CharField()
    note = serializers.CharField()
    date = serializers.DateField(source="spent_on")
    currency = serializers.CharField()
    amount = MoneyOut()
    tax_type = serializers.CharField()
    tax_rate = PlainOut()
    tax_amount = MoneyOut(source="tax")
    total = MoneyOut()
    company_id = IdField(source="customer_id", allow_null=True)
    company_name = serializers.CharField(source="customer.name", allow_null=True)
    project_id = IdField(allow_null=True)
    project_name = serializers.CharField(source="project.name", allow_null=True)
    payment_mode_id = IdField(allow_null=True)
    payment_mode = serializers.CharField(source="payment_mode.name", allow_null=True)
    billable = serializers.BooleanField(source="is_billable")
    invoice_id = IdField(source="invoice_line.invoice_id", allow_null=True)
    invoice_number = serializers.CharField(source="invoice_line.invoice.number", allow_null=True)
    invoice_line_item_id = IdField(source="invoice_line_id", allow_null=True)
    has_receipt = serializers.BooleanField()
    created_by = IdField(source="created_by_id", allow_null=True)
    created_by_name = serializers.CharField(source="spender", allow_null=True)
    created_at = serializers.DateTimeField()
    updated_at = serializers.DateTimeField()


class ExpenseBody(StrictSerializer):
    """An expense; ``amount`` is before tax, without a ``tax_type`` there is none."""

    category_id = RelatedId("billing.ExpenseCategory", source="category")
    amount = AmountIn()
    date = serializers.DateField(source="spent_on", required=False)
    currency = CurrencyIn(required=False)
    name = TextIn(max_length=200)
    description = TextIn(max_length=4000)
    note = TextIn(max_length=4000)
    tax_type = TextIn(max_length=30)
    company_id = RelatedId("crm.Customer", source="customer", required=False, allow_null=True)
    project_id = RelatedId("crm.Project", source="project", required=False, allow_null=True)
    payment_mode_id = RelatedId(
        "reference.PaymentMode", source="payment_mode", required=False, allow_null=True
    )
    billable = serializers.BooleanField(source="is_billable", required=False)


class ExpenseViewSet(AgencyViewSet):
    """What the agency spent, and the invoice that passes it on."""

    tool = "expenses"
    operations = operations
    one, many = "expense", "expenses"
    row_class = ExpenseRow
    serializer_class = ExpenseBody
    filterset_class = ExpenseFilter
    queryset = Expense.objects.listing()
    sorts = {
        "date": "spent_on",
        "name": "name",
        "category_name": "category__name",
        "company_name": "customer__name",
        "amount": "amount",
        "total": "total",
        "created_at": "created_at",
        "updated_at": "updated_at",
    }

    @action(level="view", detail=False, methods=["get"])
    @answers({"categories": [CategoryRow]})
    def categories(self, request):
        rows = ExpenseCategory.objects.visible_to(request.user).order_by("pk")
        return Response({"categories": CategoryRow().rows(rows)})

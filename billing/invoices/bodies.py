"""What the agency dialect reads of an invoice and its lines."""

from rest_framework import serializers

from agency.api.fields import AmountIn, CurrencyIn, RelatedId, TextIn
from agency.api.rows import StrictSerializer
from billing.invoices.states import ShownStatus

# Where a refusal names what the body of the same call does not hold.
SPELLED = {"lines": "line_items", "issued_on": "issued_date", "customer": "company_id"}


class InvoiceFields(StrictSerializer):
    """What create and update share."""

    currency = CurrencyIn(required=False)
    issued_date = serializers.DateField(source="issued_on", required=False)
    due_date = serializers.DateField(source="due_on", required=False, allow_null=True)
    notes = TextIn(max_length=10_000)
    po_number = TextIn(max_length=60)
    subject = TextIn(max_length=300)
    company_id = RelatedId("crm.Customer", source="customer", required=False, allow_null=True)
    contact_id = RelatedId("crm.Contact", source="contact", required=False, allow_null=True)
    budget_id = RelatedId("budgets.Budget", source="budget", required=False, allow_null=True)
    project_id = RelatedId("crm.Project", source="project", required=False, allow_null=True)


class InternalFigures(StrictSerializer):
    """What the office reckons with and no client sees."""

    engagement_id = RelatedId(
        "crm.Engagement", source="engagement", required=False, allow_null=True
    )
    cogs = AmountIn(required=False, allow_null=True)
    profit = AmountIn(required=False, allow_null=True)
    margin_pct = serializers.DecimalField(
        max_digits=9, decimal_places=4, required=False, allow_null=True
    )


class InvoiceCreate(InvoiceFields):
    invoice_number = serializers.CharField(
        source="number", required=False, allow_null=True, max_length=40
    )
    generate_from_budget = serializers.BooleanField(required=False, default=False)


class InvoiceUpdate(InternalFigures, InvoiceFields):
    invoice_number = serializers.CharField(source="number", required=False, max_length=40)
    status = serializers.ChoiceField(choices=ShownStatus.choices, required=False)


class LineFields(StrictSerializer):
    description = serializers.CharField(max_length=4000)
    quantity = AmountIn(required=False)
    unit_price = AmountIn(required=False)
    unit = TextIn(max_length=30)
    service_type_id = RelatedId(
        "budgets.ServiceType", source="service_type", required=False, allow_null=True
    )
    xero_account_code = TextIn(max_length=10)
    tax_type = TextIn(max_length=30)
    position = serializers.IntegerField(required=False, min_value=0, max_value=100_000)


class Order(StrictSerializer):
    """``item_ids``: every line, in the order wanted."""

    item_ids = serializers.ListField(child=serializers.CharField(max_length=20), max_length=10_000)


class SendBody(StrictSerializer):
    to = serializers.EmailField(required=False, max_length=200)
    message = TextIn(max_length=4000)

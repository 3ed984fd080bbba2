"""What a program sends that enters an invoice with its sums, as the first document has it."""

from rest_framework import serializers

from agency.api.fields import AmountIn, CurrencyIn, RelatedId
from agency.api.rows import StrictSerializer
from billing.entry.operations import EnteredStatus
from billing.invoices.bodies import InternalFigures, InvoiceFields
from billing.invoices.models import Source

USUAL_CURRENCY = "USD"
MOST_LINES = 1000


class EnteredLine(StrictSerializer):
    """A position, by its amount or by its price."""

    description = serializers.CharField(max_length=4000)
    quantity = AmountIn(required=False)
    unit_price = AmountIn(required=False)
    amount = AmountIn(required=False)


class InvoiceEntry(InternalFigures, InvoiceFields):
    """An invoice with its sums, which are kept as they are sent.

    A subtotal that is left out is amount − tax + discount; ``line_items`` sum to the subtotal.
    """

    company_id = RelatedId("crm.Customer", source="customer")
    invoice_number = serializers.CharField(
        source="number", required=False, allow_null=True, max_length=40
    )
    amount = AmountIn(source="total")
    currency = CurrencyIn(default=USUAL_CURRENCY)
    subtotal = AmountIn(required=False, allow_null=True)
    tax = AmountIn(required=False, allow_null=True)
    discount = AmountIn(required=False, allow_null=True)
    status = serializers.ChoiceField(choices=EnteredStatus.choices, default=EnteredStatus.DRAFT)
    line_items = EnteredLine(source="lines", many=True, required=False, max_length=MOST_LINES)
    source = serializers.ChoiceField(choices=Source.choices, default=Source.MANUAL)


# What only this form of an invoice knows: any of them in a body selects it.
OF_ENTRIES = {
    "amount",
    "cogs",
    "discount",
    "engagement_id",
    "line_items",
    "margin_pct",
    "profit",
    "source",
    "status",
    "subtotal",
    "tax",
}

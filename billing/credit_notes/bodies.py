"""What the agency dialect reads of a credit note."""

from rest_framework import serializers

from agency.api.fields import AmountIn, CurrencyIn, RelatedId, TextIn
from agency.api.rows import StrictSerializer

# Where a refusal names what the body of the same call does not hold.
SPELLED = {"lines": "line_items", "issued_on": "issued_date", "customer": "company_id"}
MOST_LINES = 1000


class LineBody(StrictSerializer):
    """A line of a note: with the ``id`` of one it changes that, else it is new."""

    id = serializers.IntegerField(required=False, min_value=1)
    description = serializers.CharField(max_length=4000)
    long_description = TextIn(max_length=10_000)
    quantity = AmountIn(required=False)
    unit = TextIn(max_length=30)
    unit_price = AmountIn(required=False)
    discount = AmountIn(required=False)
    tax_type = TextIn(max_length=30)
    service_type_id = RelatedId(
        "budgets.ServiceType", source="service_type", required=False, allow_null=True
    )
    xero_account_code = TextIn(max_length=10)


class CreditNoteFields(StrictSerializer):
    """What create and update share; ``line_items`` replace those that were."""

    contact_id = RelatedId("crm.Contact", source="contact", required=False, allow_null=True)
    invoice_id = RelatedId("billing.Invoice", source="invoice", required=False, allow_null=True)
    currency = CurrencyIn(required=False)
    issued_date = serializers.DateField(source="issued_on", required=False)
    reference = TextIn(max_length=120)
    reason = TextIn(max_length=300)
    notes = TextIn(max_length=10_000)
    discount = AmountIn(required=False)
    prices_include_tax = serializers.BooleanField(required=False)
    line_items = LineBody(source="lines", many=True, required=False, max_length=MOST_LINES)


class CreditNoteCreate(CreditNoteFields):
    """Without ``line_items`` the invoice is taken back: all, or the lines that are named."""

    company_id = RelatedId("crm.Customer", source="customer", required=False)
    invoice_line_item_ids = serializers.ListField(
        source="invoice_line_ids",
        child=serializers.IntegerField(min_value=1),
        required=False,
        max_length=MOST_LINES,
    )


class CreditNoteUpdate(CreditNoteFields):
    company_id = RelatedId("crm.Customer", source="customer", required=False)


class ApplyBody(StrictSerializer):
    """Without an ``amount``, as much as the invoice and the note allow."""

    invoice_id = RelatedId("billing.Invoice", source="invoice")
    amount = AmountIn(required=False)
    date = serializers.DateField(source="applied_on", required=False)


class RefundBody(StrictSerializer):
    amount = AmountIn()
    date = serializers.DateField(source="paid_on", required=False)
    payment_mode_id = RelatedId(
        "reference.PaymentMode", source="mode", required=False, allow_null=True
    )
    reference = TextIn(max_length=120)
    note = TextIn(source="text", max_length=4000)

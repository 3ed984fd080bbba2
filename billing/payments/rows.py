"""What the agency dialect shows and reads of a payment."""

from rest_framework import serializers

from agency.api.fields import AmountIn, IdField, MoneyOut, RelatedId
from agency.api.rows import RowSerializer, StrictSerializer
from billing.invoices.models import Invoice
from billing.payments.models import Payment


class PaymentRow(RowSerializer):
    model = Payment

    id = IdField()
    invoice_id = IdField()
    amount = MoneyOut(currency="invoice.currency")
    currency = serializers.CharField(source="invoice.currency")
    date = serializers.DateField(source="paid_on")
    payment_mode_id = IdField(source="mode_id", allow_null=True)
    payment_mode = serializers.CharField(source="mode.name", allow_null=True)
    reference = serializers.CharField()
    note = serializers.CharField()
    bank_amount = MoneyOut(currency="invoice.base_currency", allow_null=True)
    source = serializers.CharField()
    recorded_by = IdField(source="recorded_by_id", allow_null=True)
    created_at = serializers.DateTimeField()
    updated_at = serializers.DateTimeField()


class PaymentBody(StrictSerializer):
    amount = AmountIn()
    date = serializers.DateField(source="paid_on", required=False)
    payment_mode_id = RelatedId(
        "reference.PaymentMode", source="mode", required=False, allow_null=True
    )
    reference = serializers.CharField(required=False, allow_blank=True, max_length=120)
    note = serializers.CharField(required=False, allow_blank=True, max_length=4000)
    bank_amount = AmountIn(required=False, allow_null=True)


def payment_rows(invoice: Invoice):
    """The live payments of an invoice, in the order in which they came."""
    return Payment.objects.live().filter(invoice=invoice).order_by("paid_on", "pk")

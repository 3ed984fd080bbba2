"""What the agency dialect reads of a payment."""

from rest_framework import serializers

from agency.api.fields import AmountIn, RelatedId, TextIn
from agency.api.rows import StrictSerializer


class PaymentBody(StrictSerializer):
    amount = AmountIn()
    date = serializers.DateField(source="paid_on", required=False)
    payment_mode_id = RelatedId(
        "reference.PaymentMode", source="mode", required=False, allow_null=True
    )
    reference = TextIn(max_length=120)
    note = TextIn(max_length=4000)
    bank_amount = AmountIn(required=False, allow_null=True)

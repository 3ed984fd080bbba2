"""Money received for an invoice."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from agency.sql import MoneyField
from billing.invoices.models import Invoice
from billing.payments.querysets import PaymentQuerySet


class Payment(models.Model):
    """Money received for one invoice, in the invoice's currency.

    A deleted payment stays as a reversed row: the ledger shows that it was there.
    """

    tool = "invoices"
    subject_name = "payment"

    class Source(models.TextChoices):
        MANUAL = "manual"
        XERO = "xero"

    invoice = models.ForeignKey(Invoice, on_delete=models.PROTECT, related_name="payments")
    amount = MoneyField()
    paid_on = models.DateField()
    mode = models.ForeignKey(
        "reference.PaymentMode", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    reference = models.CharField(max_length=120, blank=True)
    note = models.TextField(blank=True, max_length=4000)
    bank_amount = MoneyField(null=True, blank=True, help_text="What the bank booked, base currency")
    source = models.CharField(max_length=10, choices=Source, default=Source.MANUAL)
    xero_payment_id = models.CharField(max_length=60, null=True, blank=True, unique=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    reversed_at = models.DateTimeField(null=True, blank=True, editable=False)
    reversed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    objects = PaymentQuerySet.as_manager()

    class Meta:
        ordering = ["-paid_on", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(amount__gt=0), name="payment_is_positive")
        ]
        indexes = [
            models.Index(
                fields=["invoice"], condition=Q(reversed_at=None), name="payment_live_by_invoice"
            )
        ]

    def __str__(self) -> str:
        return f"{self.invoice.currency} {self.amount:f} on {self.paid_on}"

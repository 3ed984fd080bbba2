"""The line that invoices, and later estimates and credit notes, are made of."""

from django.db import models
from django.db.models import Q

from agency import money
from agency.sql import MoneyField


class DocumentLine(models.Model):
    """One position of a document, in the document's currency.

    ``amount`` is quantity × unit price − discount, rounded; a line of summed time entries keeps
    their sum instead (``is_summed``). ``discount_share`` is its part of the document's discount;
    ``net``, ``tax`` and ``gross`` are what remains. ``tax_rate`` is a fraction.
    """

    description = models.TextField(max_length=4000)
    long_description = models.TextField(blank=True, max_length=10_000)
    quantity = MoneyField(default=1)
    unit = models.CharField(max_length=30, blank=True)
    unit_price = MoneyField(default=money.ZERO)
    discount = MoneyField(default=money.ZERO)
    is_summed = models.BooleanField(default=False, editable=False)
    amount = MoneyField(default=money.ZERO, editable=False)
    discount_share = MoneyField(default=money.ZERO, editable=False)
    tax_type = models.CharField(max_length=30, blank=True, help_text="Code of a tax")
    tax_rate = models.DecimalField(max_digits=7, decimal_places=4, default=money.ZERO)
    net = MoneyField(default=money.ZERO, editable=False)
    tax = MoneyField(default=money.ZERO, editable=False)
    gross = MoneyField(default=money.ZERO, editable=False)
    position = models.PositiveIntegerField(default=0)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        abstract = True
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(amount__gte=-money.LARGEST, amount__lte=money.LARGEST),
                name="%(class)s_amount_in_range",
            )
        ]

    def __str__(self) -> str:
        return self.description[:80]

"""What the agency spent, and what of it customers pay back."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from agency import money
from agency.reference.shared import SharedQuerySet
from agency.sql import MoneyField, cents
from billing.expenses.querysets import ExpenseQuerySet


class ExpenseCategory(models.Model):
    """A kind of expense: travel, software, printing."""

    tool = "expenses"
    subject_name = "expense_category"

    name = models.CharField(max_length=80, unique=True)
    description = models.CharField(max_length=200, blank=True)
    is_active = models.BooleanField("in use", default=True)

    objects = SharedQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        verbose_name_plural = "expense categories"

    def __str__(self) -> str:
        return self.name


class Expense(models.Model):
    """Money that the agency spent on a day, in one currency.

    ``amount`` is before tax; ``tax`` is amount × ``tax_rate`` (a fraction) rounded to the
    currency, ``total`` their sum. One without a tax type bears none. ``invoice_line`` is the one
    live line that passes it on to the customer; it is locked meanwhile.
    """

    tool = "expenses"
    subject_name = "expense"

    category = models.ForeignKey(ExpenseCategory, on_delete=models.PROTECT, related_name="expenses")
    name = models.CharField(max_length=200, blank=True)
    description = models.TextField(
        blank=True, max_length=4000, help_text="Printed on the invoice that passes it on"
    )
    note = models.TextField(blank=True, max_length=4000, help_text="For the office alone")
    spent_on = models.DateField()
    amount = MoneyField(help_text="Before tax")
    currency = models.CharField(max_length=3, default="AUD")
    tax_type = models.CharField(max_length=30, blank=True, help_text="Code of a tax; empty is none")
    tax_rate = models.DecimalField(
        max_digits=7, decimal_places=4, default=money.ZERO, editable=False
    )
    tax = MoneyField(default=money.ZERO, editable=False)
    total = MoneyField(default=money.ZERO, editable=False)
    customer = models.ForeignKey(
        "crm.Customer", on_delete=models.PROTECT, null=True, blank=True, related_name="expenses"
    )
    project = models.ForeignKey(
        "crm.Project", on_delete=models.PROTECT, null=True, blank=True, related_name="expenses"
    )
    payment_mode = models.ForeignKey(
        "reference.PaymentMode", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    is_billable = models.BooleanField("billable", default=False)
    invoice_line = models.OneToOneField(
        "billing.InvoiceLine",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="expense",
    )
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
    )
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    objects = ExpenseQuerySet.as_manager()

    class Meta:
        ordering = ["-spent_on", "-pk"]
        indexes = [
            models.Index(fields=["-spent_on", "-id"], name="expense_newest_first"),
            models.Index(
                fields=["customer", "currency"],
                condition=Q(is_billable=True, invoice_line=None),
                name="expense_to_invoice",
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(amount__gt=0, amount__lte=money.LARGEST),
                name="expense_amount_in_range",
            ),
            models.CheckConstraint(
                condition=Q(total=cents(F("amount") + F("tax"))), name="expense_total_adds_up"
            ),
            models.CheckConstraint(
                condition=Q(invoice_line=None) | Q(is_billable=True),
                name="expense_billed_is_billable",
            ),
        ]

    def __str__(self) -> str:
        return self.name or str(self.category)

    def get_absolute_url(self) -> str:
        return reverse("expense-page", args=[self.pk])

    @property
    def is_billed(self) -> bool:
        """On a live invoice line, and locked."""
        return self.invoice_line_id is not None

    @property
    def invoice(self):
        """The invoice that passes it on, None while there is none."""
        return self.invoice_line.invoice if self.is_billed else None

"""Invoices and their lines."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from agency import money
from agency.reference import organisation
from agency.sql import MoneyField, cents
from billing.invoices.querysets import InvoiceLineQuerySet, InvoiceQuerySet
from billing.invoices.states import ISSUED, InvoiceStatus, PaymentStatus, ShownStatus
from billing.lines.models import DocumentLine


class Source(models.TextChoices):
    """Where an invoice was made first."""

    MANUAL = "manual"
    STRIPE = "stripe"
    QUICKBOOKS = "quickbooks"


class Invoice(models.Model):
    """A bill to a customer, in one currency.

    Changed through ``billing.invoices.operations`` only. ``total`` = subtotal − discount + tax +
    adjustment; ``balance`` = total − paid − credited, both kept in step with their ledgers under a
    row lock. Once issued, everything printed is frozen and ``snapshot`` holds both parties.
    """

    tool = "invoices"
    subject_name = "invoice"

    customer = models.ForeignKey(
        "crm.Customer", on_delete=models.PROTECT, null=True, blank=True, related_name="invoices"
    )
    contact = models.ForeignKey(
        "crm.Contact", on_delete=models.PROTECT, null=True, blank=True, related_name="invoices"
    )
    budget = models.ForeignKey(
        "budgets.Budget", on_delete=models.PROTECT, null=True, blank=True, related_name="invoices"
    )
    project = models.ForeignKey(
        "crm.Project", on_delete=models.PROTECT, null=True, blank=True, related_name="invoices"
    )
    engagement = models.ForeignKey(
        "crm.Engagement", on_delete=models.PROTECT, null=True, blank=True, related_name="invoices"
    )
    number = models.CharField(max_length=40, null=True, blank=True, unique=True)
    status = models.CharField(max_length=10, choices=InvoiceStatus, default=InvoiceStatus.DRAFT)
    currency = models.CharField(max_length=3, default="AUD")
    issued_on = models.DateField()
    due_on = models.DateField(null=True, blank=True)
    po_number = models.CharField(max_length=60, blank=True)
    subject = models.CharField(max_length=300, blank=True)
    notes = models.TextField(blank=True, max_length=10_000)
    client_note = models.TextField(blank=True, max_length=10_000)
    terms = models.TextField(blank=True, max_length=10_000)

    prices_include_tax = models.BooleanField(default=False)
    keeps_figures = models.BooleanField(
        default=False, editable=False, help_text="Its sums are kept as they were sent"
    )
    subtotal = MoneyField(default=money.ZERO, editable=False)
    discount = MoneyField(default=money.ZERO)
    discount_percent = models.DecimalField(
        max_digits=7,
        decimal_places=4,
        null=True,
        blank=True,
        help_text="Where it is set, the discount follows the lines",
    )
    tax = MoneyField(default=money.ZERO, editable=False)
    adjustment = MoneyField(default=money.ZERO)
    total = MoneyField(default=money.ZERO, editable=False)
    amount_paid = MoneyField(default=money.ZERO, editable=False)
    amount_credited = MoneyField(default=money.ZERO, editable=False)
    balance = MoneyField(default=money.ZERO, editable=False)

    source = models.CharField(max_length=20, default="manual")
    allowed_modes = models.JSONField(
        null=True, blank=True, help_text="Keys of the payment modes the client may use; null is any"
    )
    cogs = MoneyField(null=True, blank=True)
    profit = MoneyField(null=True, blank=True)
    margin_pct = models.DecimalField(max_digits=9, decimal_places=4, null=True, blank=True)
    fixed_cost = MoneyField(null=True, blank=True)
    completed_at = models.DateTimeField(null=True, blank=True)

    snapshot = models.JSONField(default=dict, editable=False)
    base_currency = models.CharField(max_length=3, blank=True, editable=False)
    exchange_rate = models.DecimalField(max_digits=18, decimal_places=8, null=True, editable=False)
    exchange_rate_on = models.DateField(null=True, editable=False)
    base_total = MoneyField(null=True, editable=False)
    finalised_at = models.DateTimeField(null=True, editable=False)
    approved_at = models.DateTimeField(null=True, editable=False)
    sent_at = models.DateTimeField(null=True, editable=False)
    voided_at = models.DateTimeField(null=True, editable=False)
    hidden_at = models.DateTimeField(null=True, editable=False)

    xero_invoice_id = models.CharField(max_length=60, null=True, blank=True, unique=True)
    xero_status = models.CharField(max_length=20, blank=True)
    xero_synced_at = models.DateTimeField(null=True, blank=True)

    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    objects = InvoiceQuerySet.as_manager()

    class Meta:
        ordering = ["-issued_on", "-pk"]
        indexes = [
            models.Index(fields=["-issued_on", "-id"]),
            models.Index(fields=["id"], condition=Q(hidden_at=None), name="invoice_live"),  # counts
            models.Index(fields=["customer", "-issued_on"]),
            models.Index(
                fields=["due_on"], condition=Q(balance__gt=0), name="invoice_open_by_due_date"
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    total=cents(F("subtotal") - F("discount") + F("tax") + F("adjustment"))
                ),
                name="invoice_total_adds_up",
            ),
            models.CheckConstraint(
                condition=Q(balance=cents(F("total") - F("amount_paid") - F("amount_credited"))),
                name="invoice_balance_adds_up",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=ISSUED) | Q(balance__gte=0),
                name="invoice_balance_not_negative",
            ),
            models.CheckConstraint(
                condition=Q(total__gte=-money.LARGEST, total__lte=money.LARGEST),
                name="invoice_total_in_range",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=ISSUED)
                | Q(number__isnull=False, customer__isnull=False, due_on__isnull=False),
                name="invoice_issued_complete",
            ),
        ]

    def __str__(self) -> str:
        return self.number or f"Draft {self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("invoice-page", args=[self.pk])

    @property
    def is_issued(self) -> bool:
        return self.status in ISSUED

    @property
    def shown_status(self) -> str:
        """The status that people see: paid before overdue before the stored one."""
        if self.is_issued and self.balance == 0:
            return ShownStatus.PAID
        if self.is_issued and self.due_on and self.due_on < organisation.today():
            return ShownStatus.OVERDUE
        return self.status

    @property
    def standing(self) -> str:
        """How far it is paid, in one word: paid before overdue before partial before unpaid."""
        if not self.is_issued or self.shown_status in {ShownStatus.PAID, ShownStatus.OVERDUE}:
            return self.shown_status
        return self.payment_status

    @property
    def payment_status(self) -> str:
        if self.is_issued and self.balance == 0:
            return PaymentStatus.PAID
        return PaymentStatus.PARTIAL if self.amount_paid else PaymentStatus.UNPAID


class InvoiceLine(DocumentLine):
    """One position of an invoice; ``budget_line`` says which part of a budget it bills."""

    tool = "invoices"
    subject_name = "invoice_line"

    invoice = models.ForeignKey(Invoice, on_delete=models.CASCADE, related_name="lines")
    service_type = models.ForeignKey(
        "budgets.ServiceType", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    budget_line = models.ForeignKey(
        "budgets.BudgetLine",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="invoice_lines",
    )
    xero_account_code = models.CharField(max_length=10, blank=True)
    is_fixed_cost = models.BooleanField(
        null=True, editable=False, help_text="It stands for the time that other lines bill"
    )
    xero_line_id = models.CharField(max_length=60, blank=True, editable=False)

    objects = InvoiceLineQuerySet.as_manager()

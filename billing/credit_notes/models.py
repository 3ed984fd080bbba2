"""Credit notes, their lines, and the two ledgers of where the credit went."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from agency import money
from agency.sql import MoneyField, cents
from billing.credit_notes.querysets import (
    CreditNoteLineQuerySet,
    CreditNoteQuerySet,
    LedgerQuerySet,
)
from billing.credit_notes.states import CreditNoteStatus, ShownStatus, Source
from billing.invoices.models import Invoice, InvoiceLine
from billing.lines.models import DocumentLine


class CreditNote(models.Model):
    """What a customer is owed back, in one currency.

    Changed through ``billing.credit_notes.operations`` and ``ledger_operations`` only. ``total`` =
    subtotal − discount + tax; ``remaining`` = total − applied − refunded, both kept in step with
    their ledgers under a row lock. Once issued, everything printed is frozen and ``snapshot``
    holds both parties. ``invoice`` is the one that it corrects; the credit may go to another.
    """

    tool = "invoices"
    subject_name = "credit_note"

    customer = models.ForeignKey(
        "crm.Customer", on_delete=models.PROTECT, related_name="credit_notes"
    )
    contact = models.ForeignKey(
        "crm.Contact", on_delete=models.PROTECT, null=True, blank=True, related_name="credit_notes"
    )
    invoice = models.ForeignKey(
        Invoice, on_delete=models.PROTECT, null=True, blank=True, related_name="credit_notes"
    )
    number = models.CharField(max_length=40, null=True, blank=True, unique=True)
    status = models.CharField(
        max_length=10, choices=CreditNoteStatus, default=CreditNoteStatus.DRAFT
    )
    currency = models.CharField(max_length=3, default="AUD")
    issued_on = models.DateField()
    reference = models.CharField(max_length=120, blank=True)
    reason = models.CharField(max_length=300, blank=True, help_text="Printed: why it is given")
    notes = models.TextField(blank=True, max_length=10_000)

    prices_include_tax = models.BooleanField(default=False)
    subtotal = MoneyField(default=money.ZERO, editable=False)
    discount = MoneyField(default=money.ZERO)
    tax = MoneyField(default=money.ZERO, editable=False)
    total = MoneyField(default=money.ZERO, editable=False)
    amount_applied = MoneyField(default=money.ZERO, editable=False)
    amount_refunded = MoneyField(default=money.ZERO, editable=False)
    remaining = MoneyField(default=money.ZERO, editable=False)

    snapshot = models.JSONField(default=dict, editable=False)
    base_currency = models.CharField(max_length=3, blank=True, editable=False)
    exchange_rate = models.DecimalField(max_digits=18, decimal_places=8, null=True, editable=False)
    exchange_rate_on = models.DateField(null=True, editable=False)
    base_total = MoneyField(null=True, editable=False)
    issued_at = models.DateTimeField(null=True, editable=False)
    voided_at = models.DateTimeField(null=True, editable=False)

    xero_credit_note_id = models.CharField(max_length=60, null=True, blank=True, unique=True)
    xero_status = models.CharField(max_length=20, blank=True)
    xero_synced_at = models.DateTimeField(null=True, blank=True)

    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    objects = CreditNoteQuerySet.as_manager()

    class Meta:
        ordering = ["-issued_on", "-pk"]
        indexes = [
            models.Index(fields=["-issued_on", "-id"]),
            models.Index(fields=["customer", "-issued_on"]),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(total=cents(F("subtotal") - F("discount") + F("tax"))),
                name="credit_note_total_adds_up",
            ),
            models.CheckConstraint(
                condition=Q(
                    remaining=cents(F("total") - F("amount_applied") - F("amount_refunded"))
                ),
                name="credit_note_remaining_adds_up",
            ),
            models.CheckConstraint(
                condition=~Q(status=CreditNoteStatus.ISSUED)
                | Q(remaining__gte=0, amount_applied__gte=0, amount_refunded__gte=0),
                name="credit_note_remaining_not_negative",
            ),
            models.CheckConstraint(
                condition=Q(status=CreditNoteStatus.ISSUED)
                | Q(amount_applied=0, amount_refunded=0),
                name="credit_note_used_only_when_issued",
            ),
            models.CheckConstraint(
                condition=Q(total__gte=-money.LARGEST, total__lte=money.LARGEST),
                name="credit_note_total_in_range",
            ),
            models.CheckConstraint(
                condition=Q(status=CreditNoteStatus.DRAFT) | Q(number__isnull=False, total__gt=0),
                name="credit_note_issued_complete",
            ),
        ]

    def __str__(self) -> str:
        return self.number or f"Draft credit note {self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("credit-note-page", args=[self.pk])

    @property
    def is_draft(self) -> bool:
        return self.status == CreditNoteStatus.DRAFT

    @property
    def is_issued(self) -> bool:
        return self.status == CreditNoteStatus.ISSUED

    @property
    def shown_status(self) -> str:
        """The status that people see: used up before issued."""
        return ShownStatus.USED if self.is_issued and self.remaining == 0 else self.status


class CreditNoteLine(DocumentLine):
    """One position of a credit note; ``invoice_line`` is the one that it takes back."""

    tool = "invoices"
    subject_name = "credit_note_line"

    note = models.ForeignKey(CreditNote, on_delete=models.CASCADE, related_name="lines")
    invoice_line = models.ForeignKey(
        InvoiceLine, on_delete=models.SET_NULL, null=True, editable=False, related_name="+"
    )
    service_type = models.ForeignKey(
        "budgets.ServiceType", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    xero_account_code = models.CharField(max_length=10, blank=True)
    xero_line_id = models.CharField(max_length=60, blank=True, editable=False)

    objects = CreditNoteLineQuerySet.as_manager()


class LedgerEntry(models.Model):
    """A part of a note that went somewhere; taken back, it stays as a reversed row."""

    tool = "invoices"

    amount = MoneyField()
    source = models.CharField(max_length=10, choices=Source, default=Source.MANUAL)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    reversed_at = models.DateTimeField(null=True, blank=True, editable=False)
    reversed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    objects = LedgerQuerySet.as_manager()

    class Meta:
        abstract = True
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(amount__gt=0), name="%(class)s_is_positive")
        ]


class CreditApplication(LedgerEntry):
    """A part of a credit note that lowers what is owed on an invoice."""

    subject_name = "credit_application"

    note = models.ForeignKey(CreditNote, on_delete=models.PROTECT, related_name="applications")
    invoice = models.ForeignKey(
        Invoice, on_delete=models.PROTECT, related_name="credit_applications"
    )
    applied_on = models.DateField()
    xero_id = models.CharField(max_length=60, blank=True)

    class Meta(LedgerEntry.Meta):
        indexes = [
            models.Index(
                fields=["invoice"], condition=Q(reversed_at=None), name="credit_live_by_invoice"
            )
        ]

    def __str__(self) -> str:
        return f"{self.note}: {self.amount:f} on {self.invoice}"


class Refund(LedgerEntry):
    """A part of a credit note that was paid back to the customer."""

    subject_name = "refund"

    note = models.ForeignKey(CreditNote, on_delete=models.PROTECT, related_name="refunds")
    paid_on = models.DateField()
    mode = models.ForeignKey(
        "reference.PaymentMode", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    reference = models.CharField(max_length=120, blank=True)
    text = models.TextField(blank=True, max_length=4000)
    xero_payment_id = models.CharField(max_length=60, null=True, blank=True, unique=True)

    def __str__(self) -> str:
        return f"{self.note}: {self.amount:f} paid back on {self.paid_on}"

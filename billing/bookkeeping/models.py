"""What Xero was told of each document, and which contact there stands for a customer."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from agency.sql import MoneyField
from agency.staff.scope import SharedQuerySet
from billing.bookkeeping.querysets import (
    ContactLinkQuerySet,
    DifferenceQuerySet,
    FollowedCreditQuerySet,
)


class Posting(models.Model):
    """How far one document of ours is on its way into Xero: a step machine.

    pending → sending (a key was given; the outcome may be unknown) → sent (with Xero's id) → done
    (read again, the sums agree). ``attention`` needs a person, and says why. Before anything is
    created again, Xero is asked for the document by its number.
    """

    tool = "invoices"
    view_level = "view"
    subject_name = "posting"

    class Kind(models.TextChoices):
        INVOICE = "invoice"
        PAYMENT = "payment"
        CREDIT_NOTE = "credit_note", "Credit note"
        ALLOCATION = "allocation", "Credit on an invoice"

    class State(models.TextChoices):
        PENDING = "pending", "Waiting for Xero"
        SENDING = "sending", "Being sent"
        SENT = "sent", "In Xero, being checked"
        DONE = "done", "In Xero"
        ATTENTION = "attention", "Needs attention"
        WITHDRAWN = "withdrawn", "Taken out of Xero"

    kind = models.CharField(max_length=12, choices=Kind)
    record_id = models.PositiveBigIntegerField(help_text="Of the invoice, payment, note, …")
    tenant_id = models.CharField(max_length=60)
    state = models.CharField(max_length=10, choices=State, default=State.PENDING)
    version = models.PositiveIntegerField(default=1, help_text="Of what is sent; part of the key")
    payload_hash = models.CharField(max_length=64, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True, help_text="When a create was last tried")
    xero_id = models.CharField(max_length=60, blank=True)
    message = models.TextField(blank=True, help_text="Xero's own words, or ours")
    request_id = models.CharField(max_length=80, blank=True)
    # what Xero has, where it differs from ours
    differs_in = models.JSONField(default=dict, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    objects = SharedQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(fields=["kind", "record_id"], name="one_posting_a_document"),
            models.UniqueConstraint(
                fields=["kind", "xero_id"],
                condition=~Q(xero_id="") & ~Q(kind="allocation"),
                name="one_document_a_xero_id",
            ),
        ]
        indexes = [models.Index(fields=["state"])]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.record_id}: {self.get_state_display()}"


class LiveRead(models.Model):
    """When Xero was last asked for one invoice while somebody looked at it."""

    tool = "invoices"
    view_level = "view"

    invoice = models.OneToOneField(
        "billing.Invoice", on_delete=models.CASCADE, related_name="live_read"
    )
    asked_at = models.DateTimeField()

    objects = SharedQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.invoice_id} at {self.asked_at}"


class ContactLink(models.Model):
    """Which contact in Xero a customer is, or between which ones a person must choose."""

    tool = "invoices"
    view_level = "view"
    subject_name = "xero_contact"

    class State(models.TextChoices):
        LINKED = "linked"
        ASK = "ask", "Choose the contact"
        BROKEN = "broken", "Archived in Xero"

    customer = models.OneToOneField(
        "crm.Customer", on_delete=models.CASCADE, related_name="xero_contact"
    )
    tenant_id = models.CharField(max_length=60)
    state = models.CharField(max_length=8, choices=State)
    contact_id = models.CharField(max_length=60, blank=True)
    contact_name = models.CharField(max_length=500, blank=True)
    candidates = models.JSONField(
        default=list, blank=True, help_text="[{id, name, email, status}], to choose from"
    )
    reason = models.TextField(blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    objects = ContactLinkQuerySet.as_manager()

    class Meta:
        ordering = ["customer__name"]

    def __str__(self) -> str:
        return f"{self.customer}: {self.get_state_display()}"


class FollowedCredit(models.Model):
    """What a credit note, overpayment or prepayment that only Xero has pays of one invoice.

    Part of the invoice's ledger, like a payment: taken back there, it stays as a reversed row.
    """

    tool = "invoices"
    view_level = "view"

    invoice = models.ForeignKey(
        "billing.Invoice", on_delete=models.PROTECT, related_name="followed_credits"
    )
    xero_id = models.CharField(max_length=60)
    kind = models.CharField(max_length=12)
    number = models.CharField(max_length=60, blank=True)
    amount = MoneyField()
    applied_on = models.DateField()
    reversed_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = FollowedCreditQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(amount__gt=0), name="followed_credit_is_positive"),
            models.UniqueConstraint(
                fields=["invoice", "xero_id"],
                condition=Q(reversed_at=None),
                name="one_live_followed_credit",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number or self.kind}: {self.amount:f} on {self.invoice}"


class Difference(models.Model):
    """Where ours and Xero's disagree about one invoice, as the last sync saw it.

    ``ours`` and ``theirs`` are words for people: a number, a status, an amount with its currency.
    """

    tool = "invoices"
    view_level = "view"

    class Field(models.TextChoices):
        EXISTENCE = "existence"
        NUMBER = "number"
        CONTACT = "contact"
        TOTAL = "total"
        TAX = "tax"
        STATUS = "status"
        PAID = "paid", "Paid amount"
        CREDITED = "credited", "Credited amount"

    invoice = models.ForeignKey(
        "billing.Invoice",
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="differences",
    )
    xero_id = models.CharField(max_length=60, blank=True, help_text="Of what exists only there")
    field = models.CharField(max_length=10, choices=Field)
    ours = models.CharField(max_length=200, blank=True)
    theirs = models.CharField(max_length=200, blank=True)
    amount = MoneyField(null=True, blank=True, help_text="Theirs less ours, document currency")
    cause = models.TextField()
    mend = models.CharField(max_length=30, blank=True, help_text="The step that mends it")
    seen_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True, blank=True)
    accepted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )

    objects = DifferenceQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(fields=["invoice", "field"], name="one_difference_a_field"),
            models.UniqueConstraint(
                fields=["xero_id"], condition=Q(invoice=None), name="one_difference_only_there"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.invoice or self.xero_id}: {self.field}"


class WebhookEvent(models.Model):
    """An event that Xero told us of, stored before it is acted upon; the same one only once."""

    tool = "settings"
    view_level = "manage"

    fingerprint = models.CharField(max_length=64, unique=True)
    tenant_id = models.CharField(max_length=60)
    category = models.CharField(max_length=40)
    event_type = models.CharField(max_length=40)
    resource_id = models.CharField(max_length=60)
    happened_at = models.DateTimeField(null=True)
    received_at = models.DateTimeField(auto_now_add=True)

    objects = SharedQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.category} {self.event_type}"

"""The life of an invoice: a table of moves, and the words that are shown."""

from django.db import models

from agency.workflow import Workflow


class InvoiceStatus(models.TextChoices):
    """What is stored. Paid and overdue are shown, never stored: they follow from the ledger."""

    DRAFT = "draft"
    FINALISED = "finalised"
    APPROVED = "approved"
    SENT = "sent"
    VOIDED = "voided"


class ShownStatus(models.TextChoices):
    DRAFT = "draft"
    FINALISED = "finalised"
    APPROVED = "approved"
    SENT = "sent"
    OVERDUE = "overdue"
    PAID = "paid"
    VOIDED = "voided"


class PaymentStatus(models.TextChoices):
    UNPAID = "unpaid"
    PARTIAL = "partial"
    PAID = "paid"


class Standing(models.TextChoices):
    """How an invoice stands, for programs that know one status only."""

    UNPAID = "unpaid"
    PAID = "paid"
    PARTIAL = "partial"
    OVERDUE = "overdue"
    VOIDED = "voided"
    DRAFT = "draft"


class Age(models.TextChoices):
    """How late what is owed is, in days after the due date; one without it is not due."""

    NOT_DUE = "not_due", "Not due"
    DAYS_30 = "1-30", "1–30 days"
    DAYS_60 = "31-60", "31–60 days"
    DAYS_90 = "61-90", "61–90 days"
    OLDER = "90+", "90+ days"

    @property
    def first_day(self) -> int:
        """The first day of being late that belongs here, 0 for what is not due."""
        return [0, 1, 31, 61, 91][list(Age).index(self)]


ISSUED = (InvoiceStatus.FINALISED, InvoiceStatus.APPROVED, InvoiceStatus.SENT)

INVOICE_WORKFLOW = Workflow(
    {
        InvoiceStatus.DRAFT: [
            InvoiceStatus.FINALISED,
            InvoiceStatus.APPROVED,
            InvoiceStatus.SENT,
        ],
        InvoiceStatus.FINALISED: [InvoiceStatus.APPROVED, InvoiceStatus.VOIDED],
        InvoiceStatus.APPROVED: [InvoiceStatus.SENT, InvoiceStatus.VOIDED],
        InvoiceStatus.SENT: [InvoiceStatus.VOIDED],
    }
)

# The move that a wanted standing means; the others follow from payments and the day.
MOVE_TO: dict[str, str] = {Standing.UNPAID: InvoiceStatus.FINALISED}

# The right that each move needs, whichever door asks for it.
LEVEL_OF_MOVE: dict[str, str] = {
    InvoiceStatus.FINALISED: "update",
    InvoiceStatus.APPROVED: "manage",
    InvoiceStatus.SENT: "manage",
    InvoiceStatus.VOIDED: "manage",
}

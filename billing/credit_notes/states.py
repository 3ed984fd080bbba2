"""The life of a credit note: a table of moves, and the words that are shown."""

from django.db import models

from agency.workflow import Workflow


class CreditNoteStatus(models.TextChoices):
    """What is stored. Used up is shown, never stored: it follows from the ledgers."""

    DRAFT = "draft"
    ISSUED = "issued"
    VOIDED = "voided"


class ShownStatus(models.TextChoices):
    DRAFT = "draft"
    ISSUED = "issued"
    USED = "used", "Used up"
    VOIDED = "voided"


class Source(models.TextChoices):
    """Who put a credit on an invoice, or paid it out."""

    MANUAL = "manual"
    XERO = "xero"


CREDIT_NOTE_WORKFLOW = Workflow(
    {
        CreditNoteStatus.DRAFT: [CreditNoteStatus.ISSUED],
        CreditNoteStatus.ISSUED: [CreditNoteStatus.VOIDED],
    }
)

# The right that each move needs, whichever door asks for it.
LEVEL_OF_MOVE: dict[str, str] = {
    CreditNoteStatus.ISSUED: "update",
    CreditNoteStatus.VOIDED: "manage",
}

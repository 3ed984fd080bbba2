"""What happens when a credit note is issued: it gets its number and is frozen as printed."""

from agency import money, sql
from agency.errors import BusinessError
from agency.reference import numbering, organisation
from billing.credit_notes.models import CreditNote
from billing.invoices import issuing
from billing.invoices.models import Invoice

ISSUE_FIELDS = (
    "number",
    "snapshot",
    "base_currency",
    "exchange_rate",
    "exchange_rate_on",
    "base_total",
    "issued_at",
)


def number_is_taken(number: str) -> bool:
    return CreditNote.objects.filter(number=number).exists()


def issue(note: CreditNote, invoice: Invoice | None) -> None:
    """Complete and freeze a draft: number, base amount, snapshot. Saves nothing.

    ``invoice`` is the locked one that the note corrects. Raises ``BusinessError`` naming what is
    missing, ``ConflictError`` in a closed period.
    """
    lines = list(note.lines.order_by("position", "pk"))
    require_complete(note, lines)
    organisation.require_open(note.issued_on, field="issued_on")
    if invoice is not None:
        require_within(note, invoice)
    note.number = numbering.next_number("credit_note", on=note.issued_on, taken=number_is_taken)
    issuing.set_base_amount(note)
    note.snapshot = issuing.parties(note, lines) | {"invoice": corrected(invoice)}


def require_complete(note: CreditNote, lines: list) -> None:
    if not lines:
        raise BusinessError("A credit note needs at least one line.", field="lines")
    if note.total <= 0:
        raise BusinessError("A credit note is above zero.", field="lines")
    if any(line.tax for line in lines) and not organisation.current().is_tax_registered:
        raise BusinessError(
            "The organisation is not registered for GST: take the tax off the lines.", field="lines"
        )


def require_within(note: CreditNote, invoice: Invoice) -> None:
    """All notes that correct an invoice come to no more than its total."""
    require_correctable(invoice)
    given = sql.total_of(invoice.credit_notes.issued().exclude(pk=note.pk), "total")
    left = invoice.total - given
    if note.total > left:
        figure = f"{note.currency} {money.shown(left, note.currency):f}"
        raise BusinessError(f"{figure} of {invoice} can still be credited.", field="lines")


def require_correctable(invoice: Invoice) -> None:
    if not invoice.is_issued or invoice.hidden_at:
        message = f"{invoice} is {invoice.status}: only an issued invoice is credited."
        raise BusinessError(message, field="invoice")


def corrected(invoice: Invoice | None) -> dict:
    """The invoice that a note corrects, as it is printed.

    Source: GST Act s 29-75; an adjustment note names the tax invoice that it is about.
    """
    if invoice is None:
        return {}
    return {"number": invoice.number, "issued_on": invoice.issued_on.isoformat()}

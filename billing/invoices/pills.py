"""How the state of an invoice is drawn: a glyph and a word, never colour alone."""

from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from agency.reference import organisation
from agency.ui import icons
from billing.invoices.models import Invoice
from billing.invoices.states import PaymentStatus, ShownStatus

PILLS = {
    ShownStatus.DRAFT: ("Draft", "circle-dashed", ""),
    ShownStatus.FINALISED: ("Finalised", "lock", "line"),
    ShownStatus.APPROVED: ("Approved", "check", "info"),
    ShownStatus.SENT: ("Sent", "send", "info"),
    ShownStatus.OVERDUE: ("Overdue", "circle-alert", "bad"),
    ShownStatus.PAID: ("Paid", "circle-check", "good"),
    ShownStatus.VOIDED: ("Voided", "ban", "void"),
}
COMPLETED = ("Completed", "check-check", "line")
PART_PAID = ("Part-paid", "circle-dot-dashed", "warn")


def status_pill(invoice: Invoice) -> SafeString:
    """The state of an invoice in a list: part-paid stands for a sent one with money on it."""
    shown = invoice.shown_status
    part = invoice.payment_status == PaymentStatus.PARTIAL and shown != ShownStatus.OVERDUE
    return icons.pill(*(PART_PAID if part else PILLS[ShownStatus(shown)]))


def pills(invoice: Invoice) -> SafeString:
    """The pills of the record: its state, with the days when late, part-paid and completed."""
    shown = ShownStatus(invoice.shown_status)
    label, glyph, tone = PILLS[shown]
    if shown == ShownStatus.OVERDUE:
        label = f"Overdue {late_words(invoice)}"
    found = [icons.pill(label, glyph, tone)]
    if invoice.payment_status == PaymentStatus.PARTIAL:
        found.append(icons.pill(*PART_PAID))
    if invoice.completed_at is not None:
        found.append(icons.pill(*COMPLETED))
    return format_html_join("", "{}", ([pill] for pill in found))


def late_words(invoice: Invoice) -> str:
    days = days_late(invoice)
    return f"{days} day" if days == 1 else f"{days} days"


def days_late(invoice: Invoice) -> int:
    return (organisation.today() - invoice.due_on).days if invoice.due_on else 0

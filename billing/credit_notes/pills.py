"""How the state of a credit note is drawn: a glyph and a word, never colour alone."""

from django.utils.html import format_html
from django.utils.safestring import SafeString

from agency.ui import formats, icons
from billing.credit_notes.models import CreditNote
from billing.credit_notes.states import ShownStatus

PILLS = {
    ShownStatus.DRAFT: ("Draft", "circle-dashed", ""),
    ShownStatus.ISSUED: ("Issued", "lock", "info"),
    ShownStatus.USED: ("Used up", "circle-check", "good"),
    ShownStatus.VOIDED: ("Voided", "ban", "void"),
}


def status_pill(note: CreditNote) -> SafeString:
    return icons.pill(*PILLS[ShownStatus(note.shown_status)])


def number_of(note: CreditNote) -> SafeString:
    words = note.number or format_html('<span class="muted">{}</span>', "No number yet")
    return format_html('<a class="id" href="{}">{}</a>', note.get_absolute_url(), words)


def remaining_of(note: CreditNote):
    if not note.is_issued or not note.remaining:
        return formats.DASH
    return formats.money_html(note.remaining, note.currency)


def invoice_of(note: CreditNote):
    if note.invoice is None:
        return formats.DASH
    return format_html(
        '<a class="id" href="{}">{}</a>', note.invoice.get_absolute_url(), note.invoice
    )

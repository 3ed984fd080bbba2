"""How the state of time is drawn: always a glyph and a word."""

from django.utils.safestring import SafeString

from agency.ui import icons
from crm.timesheets.models import TimeEntry
from crm.timesheets.states import TimeStatus

DAY_STATES = {
    "approved": ("Approved", "check", "good"),
    "rejected": ("Sent back", "corner-up-left", "bad"),
    "submitted": ("Handed in", "send", "info"),
    "open": ("Open", "circle", ""),
}


def state_of(entry: TimeEntry) -> tuple[str, str, str]:
    """(word, glyph, tone) of an entry."""
    if entry.is_running:
        return "Running", "play", "info"
    if entry.invoice_line_id is not None:
        return "Invoiced", "receipt-text", "good"
    if entry.status == TimeStatus.DRAFT and entry.submitted_at is None:
        return "Draft", "circle-dashed", ""
    key = "submitted" if entry.status == TimeStatus.DRAFT else entry.status
    return DAY_STATES[key]


def state_pill(entry: TimeEntry) -> SafeString:
    return icons.pill(*state_of(entry))

"""How the state of an expense is drawn: a glyph and a word."""

from django.utils.safestring import SafeString

from agency.ui import icons
from billing.expenses.models import Expense


def state_of(expense: Expense) -> tuple[str, str, str]:
    """(word, glyph, tone): invoiced, waiting to be, or the agency's own cost."""
    if expense.is_billed:
        return "Invoiced", "receipt-text", "good"
    if expense.is_billable:
        return "To invoice", "circle-dashed", "warn"
    return "Own cost", "circle", ""


def state_pill(expense: Expense) -> SafeString:
    return icons.pill(*state_of(expense))

"""What credit notes add to the shell: the menu, + New, search, panels, and the invoice's button."""

from django.urls import reverse

from agency.ui import formats, navigation, palette, panels
from agency.ui.views import Action
from billing.credit_notes.models import CreditNote
from billing.invoices import buttons
from billing.invoices.models import Invoice


def register() -> None:
    navigation.add(
        "Money",
        "Credit notes",
        "credit-note-list",
        "receipt",
        permission="invoices:view",
        order=25,
    )
    navigation.add_new("Credit note", "credit-note-new", "receipt", "invoices:update", order=65)
    palette.add_searcher("Credit notes", find, permission="invoices:view", order=22)
    panels.add(
        "customer",
        "credit-notes",
        "Credit notes",
        "customer-credit-notes",
        permission="invoices:view",
        order=32,
    )
    panels.add(
        "invoice",
        "credits",
        "Credits",
        "invoice-credits",
        permission="invoices:view",
        place="rail",
    )
    buttons.add(credit_button)


def credit_button(invoice: Invoice, staff) -> Action | None:
    """Makes a draft that takes the invoice back."""
    if not invoice.is_issued:
        return None
    return Action(
        label="Credit note",
        url=reverse("invoice-credit", args=[invoice.pk]),
        icon="receipt",
        level="update",
        menu=True,
        post=True,
    )


def find(staff, text: str) -> list[palette.Hit]:
    rows = CreditNote.objects.listing().visible_to(staff).matching(text)[:6]
    return [
        palette.Hit(
            f"{note} · {note.customer}",
            note.get_absolute_url(),
            "receipt",
            f"{note.currency} {formats.amount(note.total, note.currency)}",
        )
        for note in rows
    ]

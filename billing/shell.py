"""What billing adds to the shell: the menu, + New, search, and panels on others' pages."""

from agency.ui import formats, navigation, palette, panels
from billing.invoices.button import invoice_button
from billing.invoices.models import Invoice
from budgets.budgets import buttons


def register() -> None:
    navigation.add(
        "Money",
        "Invoices",
        "invoice-list",
        "receipt-text",
        permission="invoices:view",
        key="i",
        order=20,
        count=overdue,
        phone="Invoices",
    )
    navigation.add_new("Invoice", "invoice-new", "receipt-text", "invoices:update", key="i")
    palette.add_searcher("Invoices", find, permission="invoices:view", order=20)
    for key, label, place, order in (
        ("revenue", "Revenue by month", "main", 10),
        ("uninvoiced", "Ready to invoice", "rail", 20),
        ("receivables", "Receivables", "rail", 30),
    ):
        panels.add(
            "home",
            key,
            label,
            f"home-{key}",
            permission="invoices:view",
            order=order,
            place=place,
        )
    buttons.add(invoice_button)
    for subject in ("customer", "project", "budget"):
        panels.add(
            subject,
            "invoices",
            "Invoices",
            f"{subject}-invoices",
            permission="invoices:view",
            order=30,
        )


def overdue(staff) -> int:
    """How many invoices that this person sees are late."""
    return Invoice.objects.visible_to(staff).overdue().count()


def find(staff, text: str) -> list[palette.Hit]:
    rows = Invoice.objects.listing().visible_to(staff).matching(text)[:6]
    return [
        palette.Hit(
            f"{invoice} · {invoice.customer or 'no company'}",
            invoice.get_absolute_url(),
            "receipt-text",
            f"{invoice.currency} {formats.amount(invoice.total, invoice.currency)}",
        )
        for invoice in rows
    ]

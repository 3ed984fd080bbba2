"""What billing adds to the shell: the menu, + New, search, and panels on others' pages."""

from agency.ui import areas, formats, navigation, palette, panels
from billing.credit_notes import shell as credit_notes
from billing.expenses.models import Expense
from billing.invoices.button import invoice_button
from billing.invoices.models import Invoice
from billing.items import shell as catalogue
from billing.xero import shell as xero
from budgets.budgets import buttons
from crm.timesheets.guards import reaches_others


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
    catalogue.register()
    xero.register()
    credit_notes.register()
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
            shown=reaches_others,
        )
    buttons.add(invoice_button)
    register_expenses()
    for subject in ("customer", "project", "budget", "engagement"):
        panels.add(
            subject,
            "invoices",
            "Invoices",
            f"{subject}-invoices",
            permission="invoices:view",
            order=30,
        )


def register_expenses() -> None:
    navigation.add(
        "Money", "Expenses", "expense-list", "wallet", permission="expenses:view", order=40
    )
    navigation.add_new("Expense", "expense-new", "wallet", "expenses:update", key="x", order=60)
    palette.add_searcher("Expenses", find_expenses, permission="expenses:view", order=25)
    areas.add(
        "Money",
        "Expense categories",
        "expense-category-list",
        "tag",
        "What expenses are noted under",
        permission="expenses:view",
        order=50,
    )
    for subject in ("customer", "project"):
        panels.add(
            subject,
            "expenses",
            "Expenses",
            f"{subject}-expenses",
            permission="expenses:view",
            order=35,
        )


def overdue(staff) -> int:
    """How many invoices that this person sees are late."""
    return Invoice.objects.visible_to(staff).overdue().count()


def find_expenses(staff, text: str) -> list[palette.Hit]:
    rows = Expense.objects.listing().visible_to(staff).matching(text)[:6]
    return [
        palette.Hit(
            f"{expense} · {expense.customer or expense.category}",
            expense.get_absolute_url(),
            "wallet",
            f"{expense.currency} {formats.amount(expense.total, expense.currency)}",
        )
        for expense in rows
    ]


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

"""The arithmetic behind the figures of an invoice, down to the entries and payments."""

from django.apps import apps
from django.urls import reverse

from agency import money
from agency.ui import formats
from agency.ui.views import Explanation, Figure, shortened
from billing.expenses.models import Expense
from billing.invoices import printing
from billing.invoices.models import Invoice
from billing.invoices.rows import payment_rows
from billing.invoices.states import InvoiceStatus, ShownStatus


def figures_of(invoice: Invoice) -> list[Figure]:
    """Total, paid, credited and due; each but the credits with its reasons."""
    currency, payments = invoice.currency, paid_rows(invoice)
    is_void = invoice.status == InvoiceStatus.VOIDED
    return [
        Figure(
            label="Total, inc GST",
            value=invoice.total,
            currency=currency,
            explain=Explanation(
                f"Total of {invoice}", billed_rows(invoice), invoice.total, currency
            ),
        ),
        Figure(
            label="Paid",
            value=invoice.amount_paid,
            currency=currency,
            explain=Explanation(
                f"Paid on {invoice}",
                [("+", *row[1:]) for row in payments],
                invoice.amount_paid,
                currency,
                label="Paid",
            )
            if payments
            else None,
        ),
        Figure(label="Credited", value=invoice.amount_credited, currency=currency),
        Figure(
            label="Due",
            value=money.ZERO if is_void else invoice.balance,
            currency=currency,
            tone="bad" if invoice.shown_status == ShownStatus.OVERDUE else "",
            explain=why_due(invoice, payments),
        ),
    ]


def billed_rows(invoice: Invoice) -> list[tuple]:
    """From the lines to the total."""
    count = invoice.lines.count()
    rows = [("", f"{count} line{'' if count == 1 else 's'}, net", invoice.subtotal)]
    if invoice.discount:
        rows.append(("−", "Discount", invoice.discount))
    rows.append(("+", "GST, rounded per line", invoice.tax))
    if invoice.adjustment:
        rows.append(("+", "Adjustment", invoice.adjustment))
    return rows


def paid_rows(invoice: Invoice) -> list[tuple]:
    return [
        (
            "−",
            f"Payment {formats.day(one.paid_on)}, {one.mode or one.reference}".rstrip(", "),
            one.amount,
        )
        for one in payment_rows(invoice).select_related("mode")
    ]


def why_due(invoice: Invoice, payments: list[tuple]) -> Explanation:
    rows = [*billed_rows(invoice), *payments, ("−", "Credits", invoice.amount_credited)]
    return Explanation(f"Due on {invoice}", rows, invoice.balance, invoice.currency, "", "Due")


def explained(invoice: Invoice, reader) -> dict:
    """The document as it is printed, each line with the time or the expense behind it."""
    shown = printing.document(invoice)
    passed_on = Expense.objects.of_invoice(invoice).select_related("category")
    expenses = {expense.invoice_line_id: expense for expense in passed_on}
    behind: dict[int, list] = {}
    time = apps.get_model("crm", "TimeEntry").objects
    entries = time.filter(invoice_line__invoice=invoice).select_related("staff")
    opened = openable(entries, reader)
    for entry in entries.order_by("date", "pk"):
        behind.setdefault(entry.invoice_line_id, []).append(entry)
    for line in shown["lines"]:
        line["expense"] = expenses.get(line["id"])
        if found := behind.get(line["id"]):
            line["entries"] = len(found)
            line["why"] = why_line(line, found, invoice.currency, opened)
    return shown


def openable(entries, reader) -> set[int]:
    """The entries that the reader may open."""
    if not reader.has_perm("time:view"):
        return set()
    return set(entries.visible_to(reader).values_list("pk", flat=True))


def words_of(entry, currency: str) -> str:
    """5 Oct, Hana Sato, 4:00 h at 175.00."""
    rate = formats.amount(entry.rate, currency)
    return f"{formats.day(entry.date)}, {entry.staff}, {formats.clock(entry.minutes)} h at {rate}"


def why_line(line: dict, entries: list, currency: str, opened: set[int]) -> Explanation:
    """The entries that a line bills, each at its own rate."""
    rows = [
        (
            "+",
            words_of(entry, currency),
            entry.amount,
            reverse("time-entry", args=[entry.pk]) if entry.pk in opened else "",
        )
        for entry in entries
    ]
    hours = formats.clock(sum(entry.minutes for entry in entries))
    label = f"{len(entries)} time entr{'y' if len(entries) == 1 else 'ies'}, {hours} h"
    foot = "Each entry is rounded, then added."
    return Explanation(line["description"], shortened(rows), line["amount"], currency, foot, label)

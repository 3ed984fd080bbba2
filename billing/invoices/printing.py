"""The invoice as the client gets it: a proper tax invoice.

Source of what it must show: ATO, "Tax invoices": the words, the seller and ABN, the date, what was
sold, the GST, and from AUD 1,000 the buyer.
"""

from django.apps import apps
from django.template.loader import render_to_string

from agency import money
from agency.documents import pdf as documents
from agency.documents.media import data_uri
from agency.reference.organisation import abn
from billing.invoices import issuing
from billing.invoices.models import Invoice
from billing.invoices.states import InvoiceStatus

TEMPLATE = "billing/invoices/print.html"
SHORT = {"hour": "h"}


def document(invoice: Invoice, *, timesheet: bool = False) -> dict:
    """What the print shows: the snapshot of an issued invoice, today's particulars of a draft."""
    lines = list(invoice.lines.order_by("position", "pk"))
    frozen = invoice.snapshot or issuing.snapshot(invoice, lines)
    return {
        "invoice": invoice,
        "title": title_of(invoice, frozen),
        "number": invoice.number or "Draft",
        "is_draft": invoice.status == InvoiceStatus.DRAFT,
        "is_void": invoice.status == InvoiceStatus.VOIDED,
        "lines": [printed(line, invoice.currency) for line in lines],
        "seller": frozen["seller"],
        "buyer": frozen["buyer"] | {"tax_number": tax_number(frozen["buyer"]["abn"])},
        "bank": {key: value for key, value in frozen["bank"].items() if value},
        "taxes": [tax for tax in frozen["taxes"] if frozen["seller"]["is_tax_registered"]],
        "text": frozen["text"],
        "logo": data_uri(frozen["seller"]["logo"]) if frozen["seller"]["logo"] else "",
        "time": time_behind(invoice) if timesheet else {},
    }


def printed(line, currency: str) -> dict:
    """A line as it is printed: the price with at least the currency's decimals."""
    return {
        "id": line.pk,
        "description": line.description,
        "long_description": line.long_description,
        "quantity": line.quantity,
        "unit": SHORT.get(line.unit, line.unit),
        "price": f"{money.plain(line.unit_price, money.decimals(currency)):,f}",
        "tax": f"{money.plain(line.tax_rate * 100):f} %",
        "amount": line.amount,
    }


def title_of(invoice: Invoice, frozen: dict) -> str:
    """Without an ABN it is no tax invoice. Source: GST Act s 29-70 (1) (c)."""
    seller = frozen["seller"]
    return "Tax invoice" if seller["is_tax_registered"] and seller["abn"] else "Invoice"


def tax_number(number: str) -> str:
    """A buyer's number under its name: what is no ABN is one of another country."""
    if not number:
        return ""
    return f"ABN {abn.spaced(number)}" if abn.is_valid(number) else f"Tax number {number}"


def time_behind(invoice: Invoice) -> dict:
    """The time entries that the lines bill, in the order of the work, with their sums."""
    entries = apps.get_model("crm", "TimeEntry").objects.filter(invoice_line__invoice=invoice)
    found = list(entries.select_related("staff", "task").order_by("date", "pk"))
    return {
        "entries": [
            {
                "date": entry.date,
                "person": str(entry.staff),
                "text": entry.description or (entry.task.title if entry.task else ""),
                "minutes": entry.minutes,
                "amount": entry.amount,
            }
            for entry in found
        ],
        "minutes": sum(entry.minutes for entry in found),
        "amount": sum((entry.amount for entry in found), money.ZERO),
    }


def html(invoice: Invoice, *, timesheet: bool = False) -> str:
    return render_to_string(TEMPLATE, document(invoice, timesheet=timesheet))


def pdf(invoice: Invoice, *, timesheet: bool = False) -> bytes:
    """The invoice as a PDF, with the time behind it where asked."""
    return documents.render(html(invoice, timesheet=timesheet))


def file_name(invoice: Invoice) -> str:
    return safe_name(invoice.number or f"draft-{invoice.pk}")


def safe_name(name: str) -> str:
    """A plain file name: what is no letter, digit, dot or hyphen becomes a hyphen."""
    safe = "".join(
        sign if sign.isascii() and (sign.isalnum() or sign in ".-") else "-" for sign in name
    )
    return f"{safe}.pdf"

"""The PDF of an invoice: Xero's where it has one, else ours."""

from typing import NamedTuple

from django.conf import settings

from agency.errors import BusinessError
from billing.invoices import printing
from billing.invoices.models import Invoice
from billing.xero import gateway

UNPRINTED = {"", "DRAFT", "DELETED"}  # what Xero makes no PDF of


class Printed(NamedTuple):
    """A file and where it came from: "xero" or "local"."""

    content: bytes
    name: str
    source: str


def of(invoice: Invoice, *, timesheet: bool = False) -> Printed:
    """Xero's own is what the client gets there; our time sheet and what it lacks are ours."""
    name = printing.file_name(invoice)
    content = b"" if timesheet else theirs(invoice)
    if content:
        return Printed(content, name, "xero")
    return Printed(printing.pdf(invoice, timesheet=timesheet), name, "local")


def theirs(invoice: Invoice) -> bytes:
    """Xero's PDF; empty where it has none, or does not answer in time."""
    if not invoice.xero_invoice_id or invoice.xero_status in UNPRINTED:
        return b""
    try:
        way = gateway.gateway(settings.XERO_LIVE_TIMEOUT)
        return way.invoice_pdf(invoice.xero_invoice_id)
    except BusinessError:
        return b""

"""What the books must agree to before an invoice moves on.

A linked invoice is approved, sent or voided in the books first: they may refuse, and then nothing
changes here. The books stand above this slice and make themselves known by ``keep_with``.
"""

from collections.abc import Callable

from django.db import connection

from agency.errors import ConflictError
from billing.invoices.models import Invoice
from billing.invoices.states import InvoiceStatus

DELETED = "deleted"
# What the books must say before we follow.
AGREED = {
    InvoiceStatus.APPROVED: {"AUTHORISED", "PAID"},
    InvoiceStatus.SENT: {"SUBMITTED", "AUTHORISED", "PAID"},
    InvoiceStatus.VOIDED: {"VOIDED", "DELETED"},
}
WORDS = {
    InvoiceStatus.APPROVED: "approve it",
    InvoiceStatus.SENT: "send it",
    InvoiceStatus.VOIDED: "void it",
}

_ask: Callable | None = None


def keep_with(ask: Callable) -> None:
    """Name ``ask(invoice, target, by=…)``: it makes the books take the step, or raises."""
    globals()["_ask"] = ask


def ask(invoice: Invoice, target: str, *, by) -> None:
    """Have the books take a step that a linked invoice is about to take here.

    Nothing to do for one that they do not know. Inside a transaction nothing is asked; there the
    move itself says what is missing.
    """
    linked = Invoice.objects.filter(pk=invoice.pk).exclude(xero_invoice_id=None).first()
    if _ask is not None and linked is not None and is_outside():
        _ask(linked, target, by=by)


def require_agreed(invoice: Invoice, target: str) -> None:
    """Raise ``ConflictError`` where the books have not taken the step of a linked invoice."""
    wanted = AGREED.get(target, set())
    if invoice.xero_invoice_id and wanted and invoice.xero_status not in wanted:
        there = invoice.xero_status or "not known"
        raise ConflictError(
            f"{invoice} is {there} in Xero: {WORDS[target]} there first.", field="status"
        )


def is_outside() -> bool:
    """Whether no transaction is open, but for the one that a test is wrapped in."""
    blocks = getattr(connection, "atomic_blocks", [])
    return all(block._from_testcase for block in blocks)

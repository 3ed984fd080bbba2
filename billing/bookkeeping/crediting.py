"""What Xero's credit notes, overpayments and prepayments pay of our invoices."""

from decimal import Decimal

from agency import money
from agency.records.history import record
from billing.invoices import totals
from billing.invoices.models import Invoice
from billing.xero.values import RemoteCredit


def own_credit(invoice: Invoice) -> Decimal:
    """What is credited here alone."""
    return money.ZERO


def follow(invoice: Invoice, taken: tuple[RemoteCredit, ...], credited: Decimal) -> None:
    """Let the invoice say what Xero's credits pay of it; the caller holds the lock."""
    if credited == invoice.amount_credited:
        return
    before, invoice.amount_credited = invoice.amount_credited, credited
    totals.balance(invoice)
    told = [f"{one.number or one.kind}: {one.amount:f}" for one in taken]
    amounts = [money.shown(amount, invoice.currency) for amount in (before, credited)]
    record(invoice, "credit_followed", by=None, credited=amounts, credits=told)

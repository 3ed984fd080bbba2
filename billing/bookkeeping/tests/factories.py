"""What sync tests start from: a linked invoice, and what Xero would say of it."""

from datetime import date, timedelta
from decimal import Decimal

from django.utils import timezone

from agency import money
from billing.invoices import operations as invoices
from billing.invoices.models import Invoice
from billing.invoices.tests.factories import make_issued
from billing.xero.models import Connection
from billing.xero.values import RemoteCredit, RemoteInvoice, RemotePayment

PAID_ON = date(2026, 11, 10)
TENANT = "tenant-1"


def make_connection(**values) -> Connection:
    values = {"state": "connected", "tenant_id": TENANT, "tenant_name": "Harbour Books"} | values
    return Connection.objects.create(**values)


def make_linked(by, *, xero_id="xero-1", status="DRAFT", **values) -> Invoice:
    """A finalised invoice of 110.00 that is in Xero."""
    invoice = make_issued(by, **values)
    link(invoice, xero_id, status)
    return invoice


def link(invoice: Invoice, xero_id: str, status: str = "DRAFT") -> None:
    invoice.xero_invoice_id, invoice.xero_status = xero_id, status
    invoice.save(update_fields=["xero_invoice_id", "xero_status"])


def payment(amount, xero_id="pay-1", *, on=PAID_ON, status="AUTHORISED") -> RemotePayment:
    return RemotePayment(xero_id, "xero-1", Decimal(amount), on, "Bank", status)


def credit(amount, xero_id="note-1", kind="credit_note") -> RemoteCredit:
    return RemoteCredit(xero_id, kind, "CN-9", Decimal(amount), PAID_ON)


def told(invoice: Invoice, *, status="AUTHORISED", payments=(), credits=(), **values):  # noqa: A002
    """What Xero says of an invoice, with sums that add up unless ``values`` say otherwise."""
    paid = sum((one.amount for one in payments if one.status != "DELETED"), money.ZERO)
    credited = sum((one.amount for one in credits), money.ZERO)
    total = values.get("total", invoice.total)
    facts = {
        "id": invoice.xero_invoice_id,
        "number": invoice.number,
        "type": "ACCREC",
        "status": "PAID" if total == paid + credited else status,
        "contact_id": "contact-1",
        "contact_name": "Harbour & Vine",
        "currency": invoice.currency,
        "issued_on": invoice.issued_on,
        "due_on": invoice.due_on,
        "subtotal": invoice.subtotal,
        "tax": invoice.tax,
        "total": total,
        "amount_due": total - paid - credited,
        "amount_paid": paid,
        "amount_credited": credited,
        "updated_at": timezone.now(),
        "payments": tuple(payments),
        "credits": tuple(credits),
    }
    return RemoteInvoice(**(facts | values))


def again(invoice: Invoice) -> Invoice:
    return Invoice.objects.get(pk=invoice.pk)


def approved(invoice: Invoice) -> Invoice:
    link(invoice, invoice.xero_invoice_id or "xero-1", "AUTHORISED")
    return invoices.move(again(invoice), "approved", by=None)


LATER = timedelta(days=3)

"""Invoices that other programs keep as well: entered with their sums, and as far as they are."""

from django.db import models, transaction

from agency.errors import BusinessError
from agency.reference import organisation
from billing.invoices import entering
from billing.invoices import operations as invoices
from billing.invoices.models import Invoice
from billing.invoices.states import InvoiceStatus
from billing.payments import operations as payments


class EnteredStatus(models.TextChoices):
    """How far an invoice is where it comes from."""

    DRAFT = "draft"
    SENT = "sent"
    PAID = "paid"
    OVERDUE = "overdue"


@transaction.atomic
def enter(*, by, status: str = EnteredStatus.DRAFT, **values) -> Invoice:
    """Make an invoice of the sums sent, in its currency, and take it to its status.

    ``sent`` and ``overdue`` issue it as sent out, the latter with a due date in the past; ``paid``
    issues it and records one payment in full on the issue date. Raises as ``entering.as_sent``.
    """
    if status == EnteredStatus.OVERDUE:
        require_late(values.get("due_on"))
    invoice = entering.as_sent(by=by, take_number=True, **values)
    if status in {EnteredStatus.SENT, EnteredStatus.OVERDUE}:
        return invoices.move(invoice, InvoiceStatus.SENT, by=by)
    if status == EnteredStatus.PAID:
        return paid(invoices.finalise(invoice, by=by), by=by)
    return invoice


def require_late(due_on) -> None:
    if due_on is None or due_on >= organisation.today():
        raise BusinessError("An overdue invoice has a due date in the past.", field="due_on")


def paid(invoice: Invoice, *, by) -> Invoice:
    if invoice.balance:
        payments.create(invoice, by=by, amount=invoice.balance, paid_on=invoice.issued_on)
    return invoice

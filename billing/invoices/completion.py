"""Marks an invoice as dealt with: the office's own tick, independent of what is paid."""

from django.db import transaction
from django.utils import timezone

from agency.records.history import record
from billing.invoices import operations
from billing.invoices.models import Invoice


def complete(invoice: Invoice, *, by) -> Invoice:
    """Tick an invoice off; twice changes nothing."""
    return _mark(invoice, timezone.now(), "marked_completed", by=by)


def reopen(invoice: Invoice, *, by) -> Invoice:
    """Take the tick away; twice changes nothing."""
    return _mark(invoice, None, "marked_open", by=by)


@transaction.atomic
def _mark(invoice: Invoice, moment, verb: str, *, by) -> Invoice:
    invoice = operations.locked(invoice)
    if (invoice.completed_at is None) == (moment is None):
        return invoice
    invoice.completed_at = moment
    invoice.save(update_fields=["completed_at", "updated_at"])
    record(invoice, verb, by=by)
    return invoice

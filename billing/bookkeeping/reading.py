"""The effects by which invoices are read again: after an event, and in the nightly sweep."""

from datetime import datetime

from django.db import transaction

from agency.errors import ConflictError, UnavailableError
from agency.records.outbox import operations as outbox
from billing.bookkeeping import batches, syncing
from billing.invoices.models import Invoice
from billing.xero import gateway
from billing.xero.errors import LimitedError, MissingError

READ, SWEEP = "read invoice from Xero", "sweep invoices of Xero"


def ask(invoice: Invoice, key: str, *, by=None) -> None:
    """Have an invoice read again, as part of the current transaction."""
    outbox.enqueue(READ, {"id": invoice.pk}, by=by, subject=invoice, key=key)


def ask_for_sweep(now: datetime) -> None:
    """Have every open invoice read, once a day however often it is asked for."""
    with transaction.atomic():
        payload = {"since": now.isoformat()}
        outbox.enqueue(SWEEP, payload, key=f"xero-sweep-{now:%Y-%m-%d}")


def read(effect) -> None:
    """Read the invoice of an effect; it may have been unlinked meanwhile."""
    invoice = Invoice.objects.live().filter(pk=effect.payload["id"]).first()
    if invoice is None or not invoice.xero_invoice_id or not gateway.is_connected():
        return
    with patience():
        try:
            syncing.read(invoice)
        except MissingError:
            return  # noted as a difference


def sweep(effect) -> None:
    if gateway.is_connected():
        with patience():
            batches.sweep(datetime.fromisoformat(effect.payload["since"]))


class patience:  # noqa: N801 reads as a statement
    """Park what meets a limit until Xero takes calls again; other failures are tried again."""

    def __enter__(self) -> None: ...

    def __exit__(self, kind, error, trace) -> None:
        if isinstance(error, LimitedError):
            raise outbox.NotNowError(str(error), seconds=error.retry_after) from error
        if isinstance(error, ConflictError) and not isinstance(error, UnavailableError):
            raise outbox.GiveUpError(str(error)) from error

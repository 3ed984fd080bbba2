"""``POST /api/invoices/sync-xero`` and ``/api/invoices/:id/sync-xero``."""

from time import monotonic, sleep

from django.urls import resolve
from rest_framework import serializers
from rest_framework.response import Response

from agency.api.answers import answers
from agency.api.fields import IdField
from agency.api.rows import RowSerializer
from agency.api.viewsets import action
from agency.errors import ConflictError
from agency.records.longwork import operations as longwork
from agency.records.longwork.models import LongWork
from agency.records.outbox import operations as outbox
from agency.records.outbox.models import Effect
from billing.bookkeeping import batches, syncing
from billing.invoices.models import Invoice
from billing.invoices.rows import InvoiceRow, PaymentRow, payment_rows

PATIENCE = 60  # seconds that a request waits for the counts
PAUSE = 0.2  # seconds between two looks at what another worker has taken on


class SyncErrorRow(RowSerializer):
    """An invoice that was not synced, and why."""

    invoice_id = IdField()
    message = serializers.CharField()


COUNTS = {
    "updated": serializers.IntegerField(),
    "errors": [SyncErrorRow],
    "synced_at": serializers.DateTimeField(),
}
LATER = {
    "job_id": IdField(),
    "status_url": serializers.CharField(),
    "done": serializers.IntegerField(),
    "total": serializers.IntegerField(),
}
ONE = {
    "invoice": InvoiceRow,
    "payments": [PaymentRow],
    "xero_status": serializers.CharField(),
    "payment_status": serializers.CharField(),
}


class SyncMixin:
    """What Xero says of our invoices is taken over, of one or of all that the caller sees."""

    @action(level="update", outside=True, detail=False, methods=["post"], url_path="sync-xero")
    @answers(COUNTS, later=LATER, errors=(409,))
    def sync_xero(self, request):
        """Finished counts where it takes less than a minute, else where to look for them."""
        work = finished(batches.start(by=request.user))
        if work.state == LongWork.State.FAILED:
            raise ConflictError(work.reason)
        if not work.is_over:
            return Response(progress(work), status=202)
        return Response(counts(work))

    @action(level="update", outside=True, detail=True, methods=["post"], url_path="sync-xero")
    @answers(ONE, errors=(409, 503))
    def sync_one(self, request, pk):
        invoice = syncing.read(self.get_object(), by=request.user).invoice
        row = InvoiceRow().row(Invoice.objects.listing(), invoice.pk)
        return Response(
            {
                "invoice": row,
                "payments": PaymentRow().rows(payment_rows(invoice)),
                "xero_status": row["xero_status"],
                "payment_status": row["payment_status"],
            }
        )


def finished(work: LongWork) -> LongWork:
    """The work after at most a minute; it is carried out here, unless a worker has it.

    Where Xero asks to wait it is left to the workers at once: a request does not sleep for that.
    """
    effect = Effect.objects.get(key=longwork.key_of(work))
    end = monotonic() + PATIENCE
    while not work.is_over and monotonic() < end:
        if not outbox.deliver(effect.pk):
            effect.refresh_from_db()
            if effect.state != Effect.State.RUNNING:
                break
            sleep(PAUSE)
        work.refresh_from_db()
    return work


def counts(work: LongWork) -> dict:
    refused = [
        {"invoice_id": str(resolve(one.path).kwargs["pk"]), "message": one.reason}
        for one in work.refusals.all()
    ]
    return {"updated": work.done, "errors": refused, "synced_at": work.finished_at}


def progress(work: LongWork) -> dict:
    path = work.get_absolute_url()
    return {"job_id": str(work.pk), "status_url": path, "done": work.done, "total": work.total}

"""What ``/api/invoices`` says to Xero: push, approve, send, void, delete, the PDF, live reads."""

from rest_framework import serializers

from agency.api.agency import file_answer
from agency.api.answers import answers
from agency.api.viewsets import action
from billing.bookkeeping import linking, live, moves, pdf, pushing
from billing.credit_notes.rows import ApplicationRow
from billing.invoices import operations as invoices
from billing.invoices.bodies import InvoiceUpdate
from billing.invoices.models import Invoice
from billing.invoices.rows import InvoiceLineRow, InvoiceRow, PaymentRow

PUSHED = {"invoice": InvoiceRow, "xero_invoice_id": serializers.CharField()}


class LinkedRow(InvoiceRow):
    """An invoice in detail: what Xero last told of it, and whether that may be out of date."""

    xero_synced_at = serializers.DateTimeField(allow_null=True)
    xero_stale = serializers.BooleanField()


DETAIL = {
    "<one>": LinkedRow,
    "line_items": [InvoiceLineRow],
    "payments": [PaymentRow],
    "credits": [ApplicationRow],
}


class LinkedUpdate(InvoiceUpdate):
    """``xero_invoice_id`` links to an invoice that Xero has; null lets go of it."""

    xero_invoice_id = serializers.CharField(required=False, allow_null=True, max_length=60)


class XeroMixin:
    """The document's verbs that Xero takes part in; each waits for Xero outside a transaction."""

    def get_serializer_class(self):
        if self.action in {"update", "partial_update"}:
            return LinkedUpdate
        return super().get_serializer_class()

    @answers(DETAIL, tagged=True)
    def retrieve(self, request, *args, **kwargs):
        """An invoice in detail; a linked one is read in Xero first, where that is to be had."""
        answer = super().retrieve(request, *args, **kwargs)
        told = live.UNLINKED
        if answer.data[self.one]["xero_invoice_id"]:
            told = live.freshen(self.get_object())
            answer = super().retrieve(request, *args, **kwargs)
        answer.data[self.one] |= {"xero_synced_at": told.synced_at, "xero_stale": told.is_stale}
        return answer

    def update(self, request, *args, **kwargs):
        values = self.body(instance=self.get_object(), partial=True)
        wanted = values.pop("xero_invoice_id", False)
        if wanted is not False and wanted != self.get_object().xero_invoice_id:
            relink(self.get_object(), wanted, by=request.user)
        return self.answer(self.change(self.operations.update, **values))

    @action(level="update", outside=True, detail=True, methods=["post"], url_path="push-to-xero")
    @answers(PUSHED, errors=(409, 503))
    def push_to_xero(self, request, pk):
        """Create a draft in Xero; a draft here is finalised."""
        invoice = pushing.push(self.get_object(), by=request.user)
        answer = self.answer(invoice)
        answer.data["xero_invoice_id"] = invoice.xero_invoice_id
        return answer

    @action(level="manage", outside=True, detail=True, methods=["post"], url_path="xero-approve")
    @answers(one=True, errors=(409, 503))
    def xero_approve(self, request, pk):
        """Approve in Xero, then here."""
        return self.answer(self.change(moves.approve))

    @action(level="manage", outside=True, detail=True, methods=["post"], url_path="xero-send")
    @answers(one=True, errors=(409, 503))
    def xero_send(self, request, pk):
        """Have Xero mail it to the contact; it is approved there."""
        return self.answer(self.change(moves.send))

    @action(level="manage", outside=True, detail=True, methods=["post"], url_path="xero-void")
    @answers(one=True, errors=(409, 503))
    def xero_void(self, request, pk):
        """Void in Xero, then here."""
        return self.answer(self.change(moves.void))

    @action(level="manage", outside=True, detail=True, methods=["post"], url_path="xero-delete")
    @answers(one=True, errors=(409, 503))
    def xero_delete(self, request, pk):
        """Delete a draft in Xero; here it is a draft again."""
        return self.answer(self.change(moves.delete))

    @action(level="view", detail=True, methods=["get"])
    @answers(pdf=True)
    def pdf(self, request, pk):
        """Xero's PDF where it has one, else ours; ``X-PDF-Source`` says which."""
        timesheet = request.query_params.get("timesheet") in {"1", "true"}
        found = pdf.of(self.get_object(), timesheet=timesheet)
        answer = file_answer(found.content, found.name, "application/pdf")
        answer["X-PDF-Source"] = found.source
        return answer


def relink(invoice: Invoice, xero_id: str | None, *, by) -> None:
    """Link to what Xero has, or let go of it, which money on it forbids."""
    if xero_id is None:
        invoices.require_unsettled(invoice, "unlinked")
        linking.unlink(invoice, by=by)
    else:
        linking.link(invoice, xero_id, by=by)

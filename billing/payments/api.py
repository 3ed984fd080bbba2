"""``/api/invoices/:id/payments``."""

from django.http import Http404
from rest_framework.response import Response

from agency.api.answers import answers
from agency.api.fields import id_of
from agency.api.viewsets import ToolViewSet
from billing.invoices.models import Invoice
from billing.invoices.rows import InvoiceRow, PaymentRow, payment_rows
from billing.payments import operations
from billing.payments.bodies import PaymentBody
from billing.payments.models import Payment

PAID = {"payment": PaymentRow, "invoice": InvoiceRow}


class PaymentViewSet(ToolViewSet):
    """Payments of one invoice; every answer shows what they make of it."""

    tool = "invoices"
    row_class = PaymentRow
    serializer_class = PaymentBody

    def get_queryset(self):
        return Invoice.objects.visible_to(self.request.user)

    def payment(self) -> Payment:
        pk = id_of(self.kwargs["payment_pk"])
        found = payment_rows(self.get_object()).filter(pk=pk).first() if pk is not None else None
        if found is None:
            raise Http404
        return found

    def answer(self, payment: Payment) -> Response:
        row = self.rows().row_of(payment)
        invoice = InvoiceRow().row(Invoice.objects.listing(), payment.invoice_id)
        return Response({"payment": row, "invoice": invoice})

    @answers({"payments": [PaymentRow]})
    def list(self, request, pk):
        return Response({"payments": self.rows().rows(payment_rows(self.get_object()))})

    @answers(PAID, status=201, body=PaymentBody)
    def create(self, request, pk):
        payment = operations.create(self.get_object(), by=request.user, **self.body())
        row = self.rows().row_of(payment)
        invoice = InvoiceRow().row_of(payment.invoice)  # the locked row: nothing is read again
        return Response({"payment": row, "invoice": invoice}, status=201)

    @answers(PAID, body=PaymentBody, partial=True)
    def update(self, request, pk, payment_pk):
        values = self.body(partial=True)
        return self.answer(operations.update(self.payment(), by=request.user, **values))

    @answers(PAID, body=PaymentBody, partial=True)
    def partial_update(self, request, pk, payment_pk):
        return self.update(request, pk, payment_pk)

    @answers(ok=True)
    def destroy(self, request, pk, payment_pk):
        operations.delete(self.payment(), by=request.user)
        return Response({"ok": True})

    destroy.level = "update"

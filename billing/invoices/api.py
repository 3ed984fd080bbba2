"""``/api/invoices`` and its line items."""

from django.http import Http404
from rest_framework.response import Response

from agency.api.agency import AgencyViewSet, file_answer
from agency.api.answers import answers
from agency.api.fields import id_of
from agency.api.viewsets import ToolViewSet, action
from agency.errors import BusinessError
from billing.invoices import (
    completion,
    line_operations,
    operations,
    printing,
    sending,
)
from billing.invoices.bodies import (
    SPELLED,
    InvoiceCreate,
    InvoiceUpdate,
    LineFields,
    Order,
    SendBody,
)
from billing.invoices.filters import InvoiceFilter
from billing.invoices.models import Invoice
from billing.invoices.rows import (
    InvoiceLineRow,
    InvoiceRow,
    PaymentRow,
    line_rows,
    payment_rows,
)


class InvoiceViewSet(AgencyViewSet):
    """Invoices: the document's verbs, and ours for agencies without Xero."""

    tool = "invoices"
    operations = operations
    one, many = "invoice", "invoices"
    row_class = InvoiceRow
    serializer_class = InvoiceCreate
    filterset_class = InvoiceFilter
    spelled = SPELLED
    sorts = {
        "invoice_number": "number",
        "issued_date": "issued_on",
        "due_date": "due_on",
        "total": "total",
        "amount_due": "balance",
        "company_name": "customer__name",
        "created_at": "created_at",
        "updated_at": "updated_at",
    }

    @property
    def queryset(self):
        """Made for each request: what is overdue depends on the day."""
        return Invoice.objects.listing()

    def get_serializer_class(self):
        return InvoiceCreate if self.action == "create" else InvoiceUpdate

    def create(self, request, *args, **kwargs):
        return self.made(operations.create(by=request.user, take_number=True, **self.body()))

    @answers({"line_items": [InvoiceLineRow], "payments": [PaymentRow]})
    def beside(self, pk: int) -> dict:
        invoice = Invoice(pk=pk)
        return {
            "line_items": InvoiceLineRow().rows(line_rows(invoice)),
            "payments": PaymentRow().rows(payment_rows(invoice)),
        }

    @action(level="update", detail=True, methods=["post"])
    @answers(one=True)
    def finalise(self, request, pk):
        return self.answer(self.change(operations.finalise))

    @action(level="manage", detail=True, methods=["post"])
    @answers(one=True)
    def approve(self, request, pk):
        return self.answer(self.change(operations.approve))

    @action(level="manage", detail=True, methods=["post"])
    @answers(one=True)
    def void(self, request, pk):
        return self.answer(self.change(operations.void))

    @action(level="update", detail=True, methods=["post"])
    @answers(one=True)
    def complete(self, request, pk):
        return self.answer(self.change(completion.complete))

    @action(level="update", detail=True, methods=["post"])
    @answers(one=True)
    def uncomplete(self, request, pk):
        return self.answer(self.change(completion.reopen))

    @action(level="manage", detail=True, methods=["post"])
    @answers(one=True, body=SendBody)
    def send(self, request, pk):
        return self.answer(self.change(sending.send, **self.body(serializer_class=SendBody)))

    @action(level="view", detail=True, methods=["get"])
    @answers(pdf=True)
    def pdf(self, request, pk):
        invoice = self.get_object()
        timesheet = request.query_params.get("timesheet") in {"1", "true"}
        answer = file_answer(
            printing.pdf(invoice, timesheet=timesheet),
            printing.file_name(invoice),
            "application/pdf",
        )
        answer["X-PDF-Source"] = "local"
        return answer


class InvoiceLineViewSet(ToolViewSet):
    """``/api/invoices/:id/line-items``."""

    tool = "invoices"
    row_class = InvoiceLineRow
    serializer_class = LineFields
    spelled = SPELLED

    def get_queryset(self):
        return Invoice.objects.visible_to(self.request.user)

    def line(self):
        pk = id_of(self.kwargs["item_pk"])
        found = self.get_object().lines.filter(pk=pk).first() if pk is not None else None
        if found is None:
            raise Http404
        return found

    def answer(self, line, status: int = 200) -> Response:
        row = self.rows().row(line_rows(line.invoice), line.pk)
        return Response({"item": row}, status=status)

    @answers({"line_items": [InvoiceLineRow]})
    def list(self, request, pk):
        return Response({"line_items": self.rows().rows(line_rows(self.get_object()))})

    @answers({"item": InvoiceLineRow}, status=201, body=LineFields)
    def create(self, request, pk):
        line = line_operations.add(self.get_object(), by=request.user, **self.body())
        return self.answer(line, status=201)

    @answers({"item": InvoiceLineRow}, body=LineFields, partial=True)
    def update(self, request, pk, item_pk):
        values = self.body(partial=True)
        return self.answer(line_operations.update(self.line(), by=request.user, **values))

    @answers({"item": InvoiceLineRow}, body=LineFields, partial=True)
    def partial_update(self, request, pk, item_pk):
        return self.update(request, pk, item_pk)

    @answers(ok=True)
    def destroy(self, request, pk, item_pk):
        line_operations.remove(self.line(), by=request.user)
        return Response({"ok": True})

    destroy.level = "update"

    @answers(ok=True, body=Order)
    def reorder(self, request, pk):
        invoice = self.get_object()
        ids = [id_of(text) for text in self.body(serializer_class=Order)["item_ids"]]
        if None in ids:
            raise BusinessError("Send ids of line items.", field="item_ids")
        line_operations.reorder(invoice, ids, by=request.user)
        return Response({"ok": True})

    reorder.level = "update"

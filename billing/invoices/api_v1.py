"""``/api/v1/invoices`` and ``/api/v1/customers/:id/invoices``."""

from agency.api.agency import file_answer
from agency.api.answers import answers
from agency.api.v1.schema import DETAIL
from agency.api.v1.views import Part, V1ViewSet
from agency.api.viewsets import action
from billing.invoices import completion, entering, operations, printing, sending
from billing.invoices.bodies import SendBody
from billing.invoices.filters import InvoiceFilter
from billing.invoices.models import Invoice
from billing.invoices.names_v1 import InvoiceItemNames, InvoiceNames
from billing.invoices.rows import line_rows
from billing.invoices.states import Standing


class InvoiceV1ViewSet(V1ViewSet):
    """The invoices."""

    tool = "invoices"
    operations = operations
    names = InvoiceNames
    one = "invoice"
    filterset_class = InvoiceFilter
    filters = {
        "clientid": "company_id",
        "customer_id": "company_id",
        "project_id": "project_id",
        "status": "standing",
        "date_from": "issued_from",
        "date_to": "issued_to",
        "search": "search",
    }
    inside = {
        "items": Part(InvoiceItemNames.row(), lambda pk, person: line_rows(Invoice(pk=pk))),
    }

    @property
    def queryset(self):
        """Made for each request: what is overdue depends on the day."""
        return Invoice.objects.listing().with_standing()

    def create(self, request, *args, **kwargs):
        values = self.body()
        standing = values.pop("status", Standing.UNPAID)
        made = entering.enter(by=request.user, standing=standing, **values)
        return self.answer(made, "created", status=201)

    def update(self, request, *args, **kwargs):
        values = self.body(instance=self.get_object(), partial=True)
        return self.answer(self.change(entering.change, **values), "updated")

    @action(level="manage", detail=True, methods=["post"])
    @answers({"data": DETAIL, "message": str}, body=SendBody, tagged=True)
    def send(self, request, pk):
        """Mail it to the client, with its PDF."""
        values = self.body(serializer_class=SendBody)
        return self.answer(self.change(sending.send, **values), "sent")

    @action(level="update", detail=True, methods=["post"])
    @answers({"data": DETAIL, "message": str}, tagged=True)
    def complete(self, request, pk):
        """Tick it off, whatever is paid."""
        return self.answer(self.change(completion.complete), "completed")

    @action(level="update", detail=True, methods=["post"])
    @answers({"data": DETAIL, "message": str}, tagged=True)
    def uncomplete(self, request, pk):
        """Take the tick away."""
        return self.answer(self.change(completion.reopen), "reopened")

    @action(level="view", detail=True, methods=["get"])
    @answers(pdf=True)
    def pdf(self, request, pk):
        invoice = self.get_object()
        return file_answer(printing.pdf(invoice), printing.file_name(invoice), "application/pdf")


class CustomerInvoices(InvoiceV1ViewSet):
    """The invoices of one customer."""

    under = ("crm.Customer", "customer")

"""``POST /api/invoices`` for both documents that define it: the body decides."""

from agency.api.answers import ROW, answers
from billing.bookkeeping.api import XeroMixin
from billing.bookkeeping.api_sync import SyncMixin
from billing.credit_notes.rows import ApplicationRow, application_rows
from billing.entry import operations
from billing.entry.bodies import OF_ENTRIES, InvoiceEntry
from billing.invoices.api import InvoiceViewSet as BaseViewSet
from billing.invoices.bodies import InvoiceCreate
from billing.invoices.rows import InvoiceLineRow, PaymentRow

EXAMPLES = {
    "From a budget": {"budget_id": "12", "generate_from_budget": True},
    "Empty, to be filled": {"company_id": "7", "due_date": "2026-12-10"},
    "Entered with its sums": {
        "company_id": "7",
        "amount": 1045,
        "subtotal": 1000,
        "discount": 50,
        "tax": 95,
        "currency": "AUD",
        "status": "sent",
        "line_items": [{"description": "Design", "quantity": 10, "unit_price": 100}],
    },
}


class InvoiceViewSet(XeroMixin, SyncMixin, BaseViewSet):
    """Invoices, made of a budget or lines, or entered with their sums."""

    def get_serializer_class(self):
        if self.action == "create" and self.is_entry():
            return InvoiceEntry
        return super().get_serializer_class()

    @answers(
        {"line_items": [InvoiceLineRow], "payments": [PaymentRow], "credits": [ApplicationRow]}
    )
    def beside(self, pk: int) -> dict:
        return super().beside(pk) | {
            "credits": ApplicationRow().rows(application_rows(invoice=pk)),
        }

    def is_entry(self) -> bool:
        """Whether the body holds what only an entered invoice knows."""
        data = getattr(self.request, "data", None)
        if not isinstance(data, dict) or data.get("generate_from_budget") is True:
            return False
        return bool(OF_ENTRIES & data.keys())

    @answers(
        {"<one>": ROW},
        status=201,
        body=(InvoiceCreate, InvoiceEntry),
        examples=EXAMPLES,
        tagged=True,
    )
    def create(self, request, *args, **kwargs):
        """Make an invoice: from a budget, empty to be filled, or entered with its sums."""
        if not self.is_entry():
            return super().create(request, *args, **kwargs)
        made = operations.enter(by=request.user, **self.body())
        return self.answer(made, status=201)

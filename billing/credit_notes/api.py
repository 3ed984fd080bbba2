"""``/api/credit-notes`` and where their credit goes."""

from django.http import Http404
from rest_framework.response import Response

from agency.api.agency import AgencyViewSet, file_answer
from agency.api.answers import answers
from agency.api.viewsets import ToolViewSet, action
from billing.credit_notes import editing, ledger_operations, operations, printing
from billing.credit_notes.bodies import (
    SPELLED,
    ApplyBody,
    CreditNoteCreate,
    CreditNoteUpdate,
    RefundBody,
)
from billing.credit_notes.filters import CreditNoteFilter
from billing.credit_notes.models import CreditNote
from billing.credit_notes.rows import (
    ApplicationRow,
    CreditNoteLineRow,
    CreditNoteRow,
    RefundRow,
    application_rows,
    line_rows,
    refund_rows,
)


class CreditNoteViewSet(AgencyViewSet):
    """Credit notes: drafts, their number, and what is done with the credit."""

    tool = "invoices"
    operations = operations
    one, many = "credit_note", "credit_notes"
    row_class = CreditNoteRow
    serializer_class = CreditNoteCreate
    filterset_class = CreditNoteFilter
    queryset = CreditNote.objects.listing()
    spelled = SPELLED
    sorts = {
        "credit_note_number": "number",
        "issued_date": "issued_on",
        "total": "total",
        "remaining": "remaining",
        "company_name": "customer__name",
        "created_at": "created_at",
        "updated_at": "updated_at",
    }

    def get_serializer_class(self):
        return CreditNoteCreate if self.action == "create" else CreditNoteUpdate

    def update(self, request, *args, **kwargs):
        values = self.body(instance=self.get_object(), partial=True)
        return self.answer(self.change(editing.update, **values))

    @answers(
        {
            "line_items": [CreditNoteLineRow],
            "applications": [ApplicationRow],
            "refunds": [RefundRow],
        }
    )
    def beside(self, pk: int) -> dict:
        note = CreditNote(pk=pk)
        return {
            "line_items": CreditNoteLineRow().rows(line_rows(note)),
            "applications": ApplicationRow().rows(application_rows(note=note)),
            "refunds": RefundRow().rows(refund_rows(note)),
        }

    @action(level="update", detail=True, methods=["post"])
    @answers(one=True)
    def issue(self, request, pk):
        return self.answer(self.change(operations.issue))

    @action(level="manage", detail=True, methods=["post"])
    @answers(one=True)
    def void(self, request, pk):
        return self.answer(self.change(operations.void))

    @action(level="update", detail=True, methods=["post"])
    @answers({"application": ApplicationRow}, one=True, status=201, body=ApplyBody)
    def apply(self, request, pk):
        self.get_object()  # whose note it is comes before what is sent
        values = self.body(serializer_class=ApplyBody)
        made = self.change(ledger_operations.apply, **values)
        answer = self.answer(made.note, status=201)
        rows = application_rows(note=made.note)
        answer.data["application"] = ApplicationRow().row(rows, made.pk)
        return answer

    @action(level="update", detail=True, methods=["post"])
    @answers({"refund": RefundRow}, one=True, status=201, body=RefundBody)
    def refund(self, request, pk):
        self.get_object()
        values = self.body(serializer_class=RefundBody)
        made = self.change(ledger_operations.refund, **values)
        answer = self.answer(made.note, status=201)
        answer.data["refund"] = RefundRow().row(refund_rows(made.note), made.pk)
        return answer

    @action(level="view", detail=True, methods=["get"])
    @answers(pdf=True)
    def pdf(self, request, pk):
        note = self.get_object()
        return file_answer(printing.pdf(note), printing.file_name(note), "application/pdf")


class LedgerViewSet(ToolViewSet):
    """One ledger of a credit note."""

    tool = "invoices"

    def get_queryset(self):
        return CreditNote.objects.visible_to(self.request.user)

    def entry(self, rows, name: str):
        found = rows.filter(pk=self.key(name)).select_related("note").first()
        if found is None:
            raise Http404
        return found


class ApplicationViewSet(LedgerViewSet):
    """``/api/credit-notes/:id/applications``: what of the note is on invoices."""

    row_class = ApplicationRow

    @answers({"applications": [ApplicationRow]})
    def list(self, request, pk):
        rows = application_rows(note=self.get_object())
        return Response({"applications": self.rows().rows(rows)})

    @answers(ok=True)
    def destroy(self, request, pk, application_pk):
        rows = application_rows(note=self.get_object())
        ledger_operations.unapply(self.entry(rows, "application_pk"), by=request.user)
        return Response({"ok": True})

    destroy.level = "update"


class RefundViewSet(LedgerViewSet):
    """``/api/credit-notes/:id/refunds``: what of the note was paid back."""

    row_class = RefundRow

    @answers(ok=True)
    def destroy(self, request, pk, refund_pk):
        rows = refund_rows(self.get_object())
        ledger_operations.delete_refund(self.entry(rows, "refund_pk"), by=request.user)
        return Response({"ok": True})

    destroy.level = "update"

"""Pages that write a credit note: the line editor, and the draft that takes an invoice back."""

from django.contrib import messages
from django.http import HttpResponseRedirect
from django.urls import reverse

from agency import money
from agency.reference import organisation
from agency.ui.views import OperationFormView, RecordFormView, RecordStepView
from billing.credit_notes import editing, line_operations, operations, totals
from billing.credit_notes.forms import CreditNoteForm, NoteLines
from billing.credit_notes.models import CreditNote, CreditNoteLine
from billing.invoices.editing import KEPT, EditorMixin, PreviewTotals, rows_of
from billing.invoices.models import Invoice
from crm.models import Customer

CRUMBS = [("Money", ""), ("Credit notes", "credit-note-list")]


class NoteEditor(EditorMixin):
    """The invoice's editor, with the head of a credit note."""

    form_class, lines_class = CreditNoteForm, NoteLines
    template_name = "billing/credit_notes/edit.html"
    preview = "credit-note-preview"
    crumbs = CRUMBS


class NewCreditNote(NoteEditor, OperationFormView):
    """A draft written by hand."""

    title, submit_label = "New credit note", "Save draft"
    success_message = "Draft saved."

    def get_initial(self):
        first = {"issued_on": organisation.today(), "currency": "AUD"}
        wanted = self.request.GET.get("company", "")
        if wanted.isdigit():
            customers = Customer.objects.visible_to(self.request.user)
            if customer := customers.filter(pk=int(wanted[:18])).first():
                first |= {"customer": customer, "currency": customer.currency or "AUD"}
        return first

    def perform(self, form):
        lines = rows_of(self.lines())
        return operations.create(by=self.request.user, lines=lines, **form.cleaned_data)


class EditCreditNote(NoteEditor, RecordFormView):
    """A draft and its lines, changed together or not at all."""

    submit_label, success_message = "Save", "Saved."
    queryset = CreditNote.objects.select_related("customer", "contact", "invoice")

    def get_title(self) -> str:
        return f"Edit {self.record}"

    def get(self, request, *args, **kwargs):
        if not self.record.is_draft:
            messages.error(request, f"{self.record} is {self.record.status}: it is frozen.")
            return HttpResponseRedirect(self.record.get_absolute_url())
        return super().get(request, *args, **kwargs)

    def initial_lines(self) -> list[dict]:
        names = [*KEPT, "xero_account_code"]
        return [
            {name: getattr(line, name) for name in names}
            for line in self.record.lines.select_related("service_type").order_by("position", "pk")
        ]

    def perform(self, form):
        lines = rows_of(self.lines())
        return editing.update(self.record, by=self.request.user, lines=lines, **form.cleaned_data)


class PreviewNote(PreviewTotals):
    """The sums of what stands in the editor."""

    form_class, lines_class = CreditNoteForm, NoteLines

    def document(self, values: dict) -> CreditNote:
        return CreditNote(
            currency=values.get("currency") or "AUD",
            discount=values.get("discount") or money.ZERO,
            prices_include_tax=values.get("prices_include_tax", False),
        )

    def priced(self, note: CreditNote, rows: list[dict]) -> list[CreditNoteLine]:
        mine = CreditNote.objects.visible_to(self.request.user)
        kept = CreditNoteLine.objects.filter(note__in=mine)
        kept = kept.in_bulk([row["id"] for row in rows if "id" in row])
        lines = [line_operations.merged(kept, note, place, row) for place, row in enumerate(rows)]
        totals.apply(note, lines)
        return lines


class CreditInvoice(RecordStepView):
    """Makes a draft that takes an invoice back; what is not meant is taken off in the editor."""

    tool, name, submit_label = "invoices", "invoice", "Make the draft"
    queryset = Invoice.objects.select_related("customer", "contact")
    question = "Make a credit note with the lines of this invoice?"
    success_message = "The draft is ready: keep what is credited, then issue it."

    def perform(self) -> CreditNote:
        return operations.create(by=self.request.user, invoice=self.record)

    def success_url(self, result) -> str:
        """The editor of the draft; where it was refused, the invoice."""
        if not isinstance(result, CreditNote):
            return super().success_url(result)
        return reverse("credit-note-edit", args=[result.pk])

"""The buttons and dialogs of a credit note's page."""

from django.http import HttpResponse
from django.urls import reverse
from django.views.generic import View

from agency import money
from agency.reference import organisation
from agency.ui.views import OneRecord, RecordFormView, RecordStepView, visible
from billing.credit_notes import ledger_operations, operations, printing
from billing.credit_notes.drafting import CRUMBS
from billing.credit_notes.forms import ApplyForm, NotesForm, RefundForm
from billing.credit_notes.models import CreditApplication, CreditNote, Refund
from billing.invoices.models import Invoice


class NoteStep(RecordStepView):
    """A button of the note's page."""

    tool, name = "invoices", "note"
    queryset = CreditNote.objects
    crumbs = CRUMBS


class Issue(NoteStep):
    question = "Issue this credit note? It gets its number and is frozen."
    success_message = "{result} is issued."

    def perform(self):
        return operations.issue(self.record, by=self.request.user)


class Void(NoteStep):
    level, danger, submit_label = "manage", True, "Void"
    question = "Void this credit note? Its number stays used."
    success_message = "{result} is voided."

    def perform(self):
        return operations.void(self.record, by=self.request.user)


class Delete(NoteStep):
    level, danger, submit_label = "manage", True, "Delete"
    question = "Delete this draft?"
    success_message = "The credit note is deleted."

    def perform(self):
        return operations.delete(self.record, by=self.request.user)

    def success_url(self, result) -> str:
        return reverse("credit-note-list")


class EditNotes(RecordFormView):
    """What stays open on an issued note."""

    tool, title, submit_label = "invoices", "Internal notes", "Save"
    form_class, queryset = NotesForm, CreditNote.objects
    crumbs = CRUMBS
    success_message = "Saved."

    def perform(self, form):
        return operations.update(self.record, by=self.request.user, **form.cleaned_data)


class Apply(RecordFormView):
    """Offers the company's open invoices in the note's currency, each with what is owed."""

    tool, title, submit_label = "invoices", "Apply to an invoice", "Apply"
    form_class = ApplyForm
    queryset = CreditNote.objects.select_related("customer")
    crumbs = CRUMBS
    success_message = "Applied."

    @property
    def intro(self) -> str:
        left = money.shown(self.record.remaining, self.record.currency)
        return f"{self.record.currency} {left:,f} is left of {self.record}."

    def open_invoices(self):
        mine = visible(Invoice.objects.live().unpaid(), self.request.user)
        note = self.record
        found = mine.filter(customer=note.customer_id, currency=note.currency)
        return found.order_by("due_on", "pk")

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "invoices": self.open_invoices()}

    def get_initial(self):
        return {"applied_on": organisation.today(), "invoice": self.record.invoice_id}

    def perform(self, form):
        made = ledger_operations.apply(self.record, by=self.request.user, **form.cleaned_data)
        return made.note


class RefundNote(RecordFormView):
    """All that is left is offered; less is fine."""

    tool, title, submit_label = "invoices", "Refund", "Record refund"
    form_class, queryset = RefundForm, CreditNote.objects
    crumbs = CRUMBS
    success_message = "Refund recorded."

    def get_initial(self):
        left = money.shown(self.record.remaining, self.record.currency)
        return {"amount": left, "paid_on": organisation.today()}

    def perform(self, form):
        made = ledger_operations.refund(self.record, by=self.request.user, **form.cleaned_data)
        return made.note


class TakeOff(RecordStepView):
    """Takes a credit off its invoice; it stays in the ledger as reversed."""

    tool, danger, submit_label = "invoices", True, "Take off"
    queryset = CreditApplication.objects.live().select_related("note", "invoice")
    question = "Take this credit off the invoice? The invoice will be owed again."
    success_message = "The credit is taken off."

    def perform(self):
        ledger_operations.unapply(self.record, by=self.request.user)
        return self.record.note


class DeleteRefund(RecordStepView):
    """Takes a refund back; it stays in the ledger as reversed."""

    tool, danger, submit_label = "invoices", True, "Delete"
    queryset = Refund.objects.live().select_related("note")
    question = "Delete this refund? The credit can be used again."
    success_message = "Refund deleted."

    def perform(self):
        ledger_operations.delete_refund(self.record, by=self.request.user)
        return self.record.note


class Pdf(OneRecord, View):
    """The document itself, shown in the browser."""

    tool = "invoices"
    queryset = CreditNote.objects

    def get(self, request, pk):
        name = printing.file_name(self.record)
        headers = {"Content-Disposition": f'inline; filename="{name}"'}
        content = printing.pdf(self.record)
        return HttpResponse(content, content_type="application/pdf", headers=headers)

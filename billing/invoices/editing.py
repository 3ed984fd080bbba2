"""Pages that change an invoice: the line editor, the steps, the mail."""

import json

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.views.generic import View

from agency import money
from agency.errors import BusinessError
from agency.reference import organisation
from agency.ui import pickers
from agency.ui.views import (
    OneRecord,
    OperationFormView,
    RecordFormView,
    RecordStepView,
    ToolPage,
)
from billing.invoices import completion, line_operations, operations, printing, sending, totals
from billing.invoices.forms import InvoiceForm, InvoiceLines, NotesForm, SendForm
from billing.invoices.models import Invoice, InvoiceLine
from billing.invoices.states import InvoiceStatus
from crm.models import Customer

KEPT = ("id", "description", "service_type", "quantity", "unit", "unit_price", "tax_type")


def rows_of(formset) -> list[dict]:
    """The lines that were typed; ``id`` is left out of a new one."""
    rows = formset.lines()
    return [
        {name: value for name, value in row.items() if name != "id" or value is not None}
        for row in rows
    ]


class EditorMixin:
    """A form with lines: both are checked, both are kept when one is refused."""

    tool, level = "invoices", "update"
    form_class: type = InvoiceForm
    lines_class: type = InvoiceLines
    template_name = "billing/invoices/edit.html"
    preview = "invoice-preview"
    wide = True
    crumbs = [("Money", ""), ("Invoices", "invoice-list")]

    def lines(self):
        if not hasattr(self, "_lines"):
            data = self.request.POST if self.request.method == "POST" else None
            self._lines = self.lines_class(
                data, initial=self.initial_lines(), prefix="lines", by=self.request.user
            )
        return self._lines

    def initial_lines(self) -> list[dict]:
        return []

    def post(self, request, *args, **kwargs):
        if not self.lines().is_valid():
            form = self.get_form()
            form.is_valid()
            return self.refused(form)
        return super().post(request, *args, **kwargs)

    def get_context_data(self, **context):
        sees_items = self.request.user.has_perm("items:view")
        return super().get_context_data(
            formset=self.lines(),
            preview_url=reverse(self.preview),
            catalogue_url=pickers.path("items") if sees_items else "",
            **context,
        )


class NewInvoice(EditorMixin, OperationFormView):
    """A draft written by hand."""

    title, submit_label = "New invoice", "Save draft"
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


class EditInvoice(EditorMixin, RecordFormView):
    """A draft and its lines, changed together or not at all."""

    submit_label, success_message = "Save", "Saved."
    queryset = Invoice.objects.select_related("customer", "contact", "budget", "project")

    def get_title(self) -> str:
        return f"Edit {self.record}"

    def get(self, request, *args, **kwargs):
        if self.record.status != InvoiceStatus.DRAFT:
            messages.error(request, f"{self.record} is issued: its lines are frozen.")
            return HttpResponseRedirect(self.record.get_absolute_url())
        return super().get(request, *args, **kwargs)

    def initial_lines(self) -> list[dict]:
        names = [*KEPT, "xero_account_code"]
        return [
            {name: getattr(line, name) for name in names}
            for line in self.record.lines.select_related("service_type").order_by("position", "pk")
        ]

    @transaction.atomic
    def perform(self, form):
        by = self.request.user
        invoice = operations.update(self.record, by=by, **form.cleaned_data)
        return line_operations.replace(invoice, rows_of(self.lines()), by=by)


class EditNotes(RecordFormView):
    """What stays open on an issued invoice: the PO number and the internal notes."""

    tool, title, submit_label = "invoices", "PO number and notes", "Save"
    form_class, queryset = NotesForm, Invoice.objects
    crumbs = [("Money", ""), ("Invoices", "invoice-list")]
    success_message = "Saved."

    def perform(self, form):
        return operations.update(self.record, by=self.request.user, **form.cleaned_data)


class PreviewTotals(ToolPage, View):
    """The sums of what stands in the editor; the server alone adds up."""

    tool, level = "invoices", "update"
    form_class: type = InvoiceForm
    lines_class: type = InvoiceLines

    def post(self, request):
        form = self.form_class(request.POST, by=request.user)
        lines = self.lines_class(request.POST, prefix="lines", by=request.user)
        form.is_valid()
        document = self.document(form.cleaned_data)
        context = {"invoice": document}
        if lines.is_valid():
            try:
                context["sums"] = sums = self.reckon(document, rows_of(lines))
                context["sums_json"] = mark_safe(json.dumps(sums))  # noqa: S308 - digits only
            except BusinessError as error:
                context["refusal"] = error.message
        return TemplateResponse(request, "billing/invoices/_sums.html", context)

    def document(self, values: dict):
        """The unsaved document with what the sums follow from."""
        return Invoice(
            currency=values.get("currency") or "AUD",
            discount=values.get("discount") or money.ZERO,
            prices_include_tax=values.get("prices_include_tax", False),
        )

    def reckon(self, document, rows: list[dict]) -> list[str]:
        lines = self.priced(document, rows)
        return [f"{money.shown(line.amount, document.currency):,f}" for line in lines]

    def priced(self, invoice: Invoice, rows: list[dict]) -> list[InvoiceLine]:
        mine = Invoice.objects.visible_to(self.request.user)
        kept = InvoiceLine.objects.filter(invoice__in=mine).in_bulk(
            [row["id"] for row in rows if "id" in row]
        )
        priced = [
            line_operations.merged(kept, invoice, place, row) for place, row in enumerate(rows)
        ]
        totals.apply(invoice, priced)
        return priced


class InvoiceStep(RecordStepView):
    """A button of the invoice's page."""

    tool, name = "invoices", "invoice"
    queryset = Invoice.objects


class Finalise(InvoiceStep):
    success_message = "{result} is finalised."

    def perform(self):
        return operations.finalise(self.record, by=self.request.user)


class Approve(InvoiceStep):
    level, success_message = "manage", "{result} is approved."

    def perform(self):
        return operations.approve(self.record, by=self.request.user)


class Complete(InvoiceStep):
    success_message = "{result} is completed."

    def perform(self):
        return completion.complete(self.record, by=self.request.user)


class Uncomplete(InvoiceStep):
    success_message = "{result} is open again."

    def perform(self):
        return completion.reopen(self.record, by=self.request.user)


class Void(InvoiceStep):
    level, danger, submit_label = "manage", True, "Void"
    question = "Void this invoice? Its number stays used."
    success_message = "{result} is voided."

    def perform(self):
        return operations.void(self.record, by=self.request.user)


class Delete(InvoiceStep):
    level, danger, submit_label = "manage", True, "Delete"
    question = "Delete this invoice? An issued one is voided and hidden."
    success_message = "The invoice is deleted."

    def perform(self):
        return operations.delete(self.record, by=self.request.user)

    def success_url(self, result) -> str:
        return reverse("invoice-list")


class Send(RecordFormView):
    """The mail to the client, with the PDF."""

    tool, level = "invoices", "manage"
    form_class = SendForm
    queryset = Invoice.objects.select_related("customer", "contact")
    submit_label, success_message = "Send", "The mail is on its way."
    crumbs = [("Money", ""), ("Invoices", "invoice-list")]

    def get_title(self) -> str:
        return f"Send {self.record}"

    def get_initial(self):
        return {"to": sending.address_of(self.record)}

    def perform(self, form):
        return sending.send(self.record, by=self.request.user, **form.cleaned_data)


class Pdf(OneRecord, View):
    """The document itself, shown in the browser."""

    tool = "invoices"
    queryset = Invoice.objects

    def get(self, request, pk):
        timesheet = request.GET.get("timesheet") == "1"
        content = printing.pdf(self.record, timesheet=timesheet)
        name = printing.file_name(self.record)
        headers = {"Content-Disposition": f'inline; filename="{name}"'}
        return HttpResponse(content, content_type="application/pdf", headers=headers)

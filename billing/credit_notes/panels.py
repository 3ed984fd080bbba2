"""Credit notes on the pages of others: of a company, and the credits on an invoice."""

from django.urls import reverse

from agency.ui.views import Action, Column, PanelView, visible
from billing.credit_notes.models import CreditNote
from billing.credit_notes.pills import invoice_of, number_of, remaining_of, status_pill
from billing.credit_notes.rows import application_rows
from billing.invoices.models import Invoice
from crm.models import Customer


class CustomerCreditNotes(PanelView):
    tool, title, noun = "invoices", "Credit notes", "credit notes"
    empty = "Nothing is credited yet."
    queryset = Customer.objects
    columns = [
        Column(name="number", label="Number", draw=number_of, phone="title"),
        Column(name="reason", label="Reason", clip=True),
        Column(name="status", label="State", draw=status_pill, phone="state"),
        Column(name="invoice", label="Invoice", draw=invoice_of),
        Column(name="issued_on", label="Issued", kind="date"),
        Column(name="total", label="Total", kind="money", phone="value"),
        Column(name="remaining", label="Left", kind="money", draw=remaining_of),
    ]

    def rows(self):
        mine = visible(CreditNote.objects.listing(), self.request.user)
        return mine.filter(customer=self.record)

    def actions(self) -> list[Action]:
        url = f"{reverse('credit-note-new')}?company={self.record.pk}"
        return [Action(label="New credit note", url=url, icon="plus", level="update")]


class InvoiceCredits(PanelView):
    """What credit notes took off an invoice, below its payments."""

    tool, title = "invoices", "Credits"
    queryset = Invoice.objects
    template_name = "billing/credit_notes/credits.html"

    def rows(self):
        return application_rows(invoice=self.record.pk).select_related("note", "invoice")

    def get_context_data(self, **context):
        mine = visible(CreditNote.objects.all(), self.request.user).filter(invoice=self.record)
        return super().get_context_data(
            notes=mine.filter(amount_applied=0).order_by("pk"),
            perms_update=self.may("update"),
            **context,
        )

"""Recording, correcting and taking back payments, in dialogs on the invoice's page."""

from agency import money
from agency.reference import organisation
from agency.ui.views import RecordFormView, RecordStepView
from billing.invoices.models import Invoice
from billing.payments import operations
from billing.payments.forms import PaymentForm
from billing.payments.models import Payment

CRUMBS = [("Money", ""), ("Invoices", "invoice-list")]


class NewPayment(RecordFormView):
    """The whole balance is offered; less is fine, more is refused with the balance."""

    tool, title, submit_label = "invoices", "Record payment", "Record payment"
    form_class, queryset = PaymentForm, Invoice.objects
    template_name = "billing/payments/form.html"
    dialog_template_name = "billing/payments/form_dialog.html"
    crumbs = CRUMBS
    success_message = "Payment recorded."

    @property
    def intro(self) -> str:
        return str(self.record)

    def get_initial(self):
        balance = money.shown(self.record.balance, self.record.currency)
        return {"amount": balance, "paid_on": organisation.today()}

    def perform(self, form):
        operations.create(self.record, by=self.request.user, **form.cleaned_data)
        return self.record


class EditPayment(RecordFormView):
    """A correction of what was typed."""

    tool, title, submit_label = "invoices", "Correct payment", "Save"
    form_class = PaymentForm
    queryset = Payment.objects.live().select_related("invoice", "mode")
    template_name = "billing/payments/form.html"
    dialog_template_name = "billing/payments/form_dialog.html"
    crumbs = CRUMBS
    success_message = "Payment corrected."

    def get_initial(self):
        amount = money.shown(self.record.amount, self.record.invoice.currency)
        return super().get_initial() | {"amount": amount}

    def back_url(self) -> str:
        return self.record.invoice.get_absolute_url()

    def perform(self, form):
        operations.update(self.record, by=self.request.user, **form.cleaned_data)
        return self.record.invoice


class DeletePayment(RecordStepView):
    """Takes a payment back; it stays in the ledger as reversed."""

    tool, danger, submit_label = "invoices", True, "Delete"
    queryset = Payment.objects.live().select_related("invoice")
    question = "Delete this payment? The invoice will be owed again."
    success_message = "Payment deleted."

    def perform(self):
        operations.delete(self.record, by=self.request.user)
        return self.record.invoice

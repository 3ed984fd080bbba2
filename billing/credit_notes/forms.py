"""What staff type about a credit note; the cleaned values are the operations' arguments."""

from django import forms
from django.apps import apps

from agency.ui import formats
from agency.ui.forms import AmountField, OfficeForm, PickField
from agency.ui.lines import line_formset
from billing.invoices.forms import LineForm, currencies
from billing.invoices.models import Invoice
from crm.models import Contact, Customer

NoteLines = line_formset(LineForm)


class CreditNoteForm(OfficeForm):
    """The head of a draft."""

    customer = PickField("customers", Customer.objects, label="Company")
    contact = PickField("contacts", Contact.objects, required=False)
    issued_on = forms.DateField(label="Issued", widget=forms.DateInput(attrs={"type": "date"}))
    currency = forms.ChoiceField(choices=currencies)
    reason = forms.CharField(max_length=300, required=False, help_text="Printed on the note")
    reference = forms.CharField(max_length=120, required=False, label="Their reference")
    discount = AmountField(required=False, min_value=0)
    prices_include_tax = forms.BooleanField(required=False, label="Prices include GST")
    notes = forms.CharField(
        required=False,
        max_length=10_000,
        label="Internal notes",
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def clean_discount(self):
        return self.cleaned_data["discount"] or 0


class NotesForm(OfficeForm):
    """What may still change on an issued note."""

    notes = forms.CharField(
        required=False,
        max_length=10_000,
        label="Internal notes",
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class InvoiceChoice(forms.ModelChoiceField):
    """Invoices with what is owed on each."""

    def label_from_instance(self, obj: Invoice) -> str:
        return f"{obj} · {obj.currency} {formats.amount(obj.balance, obj.currency)} due"


class ApplyForm(OfficeForm):
    """How much of a note goes on which of the company's open invoices."""

    invoice = InvoiceChoice(None, empty_label=None)
    amount = AmountField(required=False, help_text="Empty: as much as both allow")
    applied_on = forms.DateField(label="On", widget=forms.DateInput(attrs={"type": "date"}))

    def __init__(self, *args, invoices, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["invoice"].queryset = invoices


def modes():
    return apps.get_model("reference", "PaymentMode").objects.filter(is_active=True)


class RefundForm(OfficeForm):
    """Money that was paid back, in the note's currency."""

    amount = AmountField()
    paid_on = forms.DateField(label="Paid on", widget=forms.DateInput(attrs={"type": "date"}))
    mode = forms.ModelChoiceField(None, label="How", required=False)
    reference = forms.CharField(max_length=120, required=False)
    text = forms.CharField(
        label="Note", max_length=4000, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["mode"].queryset = modes()

"""What staff type about an invoice; the cleaned values are the operations' arguments."""

from django import forms
from django.apps import apps

from agency.ui.forms import AmountField, OfficeForm, PickField
from agency.ui.lines import line_formset
from budgets.models import Budget, ServiceType
from crm.models import Contact, Customer, Engagement, Project


def currencies() -> list[tuple[str, str]]:
    rows = apps.get_model("reference", "Currency").objects.filter(is_active=True)
    return [(code, f"{code} · {name}") for code, name in rows.values_list("code", "name")]


def tax_types() -> list[tuple[str, str]]:
    rows = apps.get_model("reference", "Tax").objects.filter(is_active=True)
    return [("", "Usual"), *rows.values_list("code", "name")]


class InvoiceForm(OfficeForm):
    """The head of a draft."""

    customer = PickField("customers", Customer.objects, label="Company", required=False)
    contact = PickField("contacts", Contact.objects, required=False)
    budget = PickField("budgets", Budget.objects, required=False)
    project = PickField("projects", Project.objects, required=False)
    engagement = PickField("engagements", Engagement.objects, required=False)
    subject = forms.CharField(max_length=300, required=False, label="For")
    issued_on = forms.DateField(label="Issued", widget=forms.DateInput(attrs={"type": "date"}))
    due_on = forms.DateField(
        label="Due",
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
        help_text="Empty: by the company's terms, when it is issued",
    )
    currency = forms.ChoiceField(choices=currencies)
    po_number = forms.CharField(max_length=60, required=False, label="PO number")
    discount = AmountField(required=False, min_value=0)
    prices_include_tax = forms.BooleanField(required=False, label="Prices include GST")
    client_note = forms.CharField(
        required=False, max_length=10_000, widget=forms.Textarea(attrs={"rows": 2})
    )
    notes = forms.CharField(
        required=False,
        max_length=10_000,
        label="Internal notes",
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def clean_discount(self):
        return self.cleaned_data["discount"] or 0


class LineForm(OfficeForm):
    """One line of the editor."""

    id = forms.IntegerField(required=False, widget=forms.HiddenInput)
    description = forms.CharField(
        max_length=4000, widget=forms.Textarea(attrs={"rows": 1, "data-grow": ""})
    )
    service_type = forms.ModelChoiceField(
        ServiceType.objects.active(), required=False, label="Service", empty_label="–"
    )
    quantity = AmountField(initial=1)
    unit = forms.CharField(max_length=30, required=False, label="Per")
    unit_price = AmountField(label="Price", initial=0)
    tax_type = forms.ChoiceField(choices=tax_types, required=False, label="GST")
    xero_account_code = forms.CharField(max_length=10, required=False, label="Account")


InvoiceLines = line_formset(LineForm)


class NotesForm(OfficeForm):
    """What may still change on an issued invoice."""

    po_number = forms.CharField(max_length=60, required=False, label="PO number")
    notes = forms.CharField(
        required=False, max_length=10_000, widget=forms.Textarea(attrs={"rows": 4})
    )


class SendForm(OfficeForm):
    """Where the mail goes, and what it says."""

    to = forms.EmailField(label="To", max_length=200)
    message = forms.CharField(
        required=False, max_length=4000, widget=forms.Textarea(attrs={"rows": 5})
    )

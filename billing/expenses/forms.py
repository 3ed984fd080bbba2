"""What staff type about an expense."""

from django import forms
from django.apps import apps

from agency.records.files.kinds import ENDINGS
from agency.ui.forms import AmountField, OfficeForm, PickField
from billing.expenses.models import ExpenseCategory
from crm.choices import DayField, currencies
from crm.models import Customer, Project


def tax_types() -> list[tuple[str, str]]:
    rows = apps.get_model("reference", "Tax").objects.filter(is_active=True)
    return [("", "No tax"), *rows.values_list("code", "name")]


class CategoryField(forms.ModelChoiceField):
    """One of the categories in use, and the one that an expense has already."""

    def __init__(self, **kwargs) -> None:
        super().__init__(ExpenseCategory.objects.filter(is_active=True), **kwargs)


class ExpenseForm(OfficeForm):
    """An expense with its receipt."""

    category = CategoryField(empty_label="Choose…")
    name = forms.CharField(max_length=200, required=False, help_text="Empty: the category")
    amount = AmountField(min_value=0, label="Amount before tax")
    currency = forms.ChoiceField(choices=currencies)
    tax_type = forms.ChoiceField(choices=tax_types, required=False, label="Tax")
    spent_on = DayField(label="Spent on")
    customer = PickField("customers", Customer.objects, label="Company", required=False)
    project = PickField("projects", Project.objects, required=False)
    is_billable = forms.BooleanField(
        required=False, label="Billable", help_text="Pass it on to the company"
    )
    payment_mode = forms.ModelChoiceField(
        None, label="Paid by", required=False, empty_label="Not said"
    )
    description = forms.CharField(
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Printed on the invoice that passes it on",
    )
    note = forms.CharField(
        required=False,
        max_length=4000,
        label="Internal note",
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    receipt = forms.FileField(
        required=False,
        widget=forms.FileInput(attrs={"accept": ",".join(f".{ending}" for ending in ENDINGS)}),
        help_text="A photograph or a PDF",
    )

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        modes = apps.get_model("reference", "PaymentMode").objects
        self.fields["payment_mode"].queryset = modes.filter(is_active=True)
        for name in ("category", "payment_mode"):
            self.keep(name, self.initial.get(name))

    def keep(self, name: str, chosen) -> None:
        """Let an expense keep what is no longer offered to others."""
        field = self.fields[name]
        if chosen is not None:
            rows = field.queryset.model.objects
            field.queryset = field.queryset | rows.filter(pk=chosen.pk)

    def values(self) -> dict:
        """The arguments of the operation."""
        values = dict(self.cleaned_data)
        receipt = values.pop("receipt")
        return {**values, "receipts": [receipt] if receipt else []}


class CategoryChoice(OfficeForm):
    """The category that many expenses are put into."""

    category = CategoryField(empty_label="Choose…")


class NewCategoryForm(OfficeForm):
    name = forms.CharField(max_length=80)
    description = forms.CharField(max_length=200, required=False)


class CategoryForm(NewCategoryForm):
    is_active = forms.BooleanField(label="In use", required=False)

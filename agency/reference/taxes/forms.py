"""The form of a tax: people write rates in per cent."""

from decimal import Decimal

from django import forms

from agency.ui.forms import AmountField, OfficeForm

HUNDRED = Decimal(100)


class TaxForm(OfficeForm):
    """A tax; its code stays once it is made."""

    name = forms.CharField(max_length=80)
    percent = AmountField(
        label="Rate in %", max_digits=6, decimal_places=2, min_value=0, max_value=Decimal("99.99")
    )
    is_default = forms.BooleanField(label="Used where a line names none", required=False)
    is_active = forms.BooleanField(label="In use", required=False, initial=True)

    def values(self) -> dict:
        """The cleaned values as the operation takes them: the rate as a fraction."""
        values = dict(self.cleaned_data)
        return values | {"rate": values.pop("percent") / HUNDRED}


class NewTaxForm(TaxForm):
    """The same with the code."""

    code = forms.SlugField(
        max_length=30, help_text="What the accounts know it by, such as OUTPUT. It stays."
    )
    field_order = ["code", "name", "percent", "is_default"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        del self.fields["is_active"]

"""The forms of a currency, of a rate, and of a table of rates."""

from django import forms

from agency.reference import organisation
from agency.ui.forms import OfficeForm

LARGEST_TABLE = 256 * 1024


class CurrencyForm(OfficeForm):
    """How a currency is written, and whether documents may use it."""

    name = forms.CharField(max_length=80)
    symbol = forms.CharField(max_length=8, required=False)
    decimal_separator = forms.CharField(max_length=1)
    thousand_separator = forms.CharField(max_length=1, strip=False)
    is_active = forms.BooleanField(label="In use", required=False)


class RateForm(OfficeForm):
    """What one unit was worth on a day."""

    on = forms.DateField(label="Day", widget=forms.DateInput())
    rate = forms.DecimalField(max_digits=18, decimal_places=8, min_value=0)
    source = forms.CharField(max_length=60, initial="entered", help_text="Where it was published")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["on"].initial = organisation.today()
        self.fields["rate"].label = f"{organisation.current().base_currency} for one"


class TableForm(OfficeForm):
    """Rates as rows of text, typed or from a file."""

    table = forms.CharField(
        label="Rows",
        required=False,
        widget=forms.Textarea(attrs={"rows": 8, "placeholder": "2026-11-20,USD,1.5312"}),
        help_text="Date, currency and rate with commas between, one a row",
    )
    file = forms.FileField(
        label="Or a CSV file", required=False, widget=forms.FileInput(attrs={"accept": ".csv"})
    )
    source = forms.CharField(max_length=60, initial="imported")

    def clean_file(self):
        sent = self.cleaned_data["file"]
        if sent and sent.size > LARGEST_TABLE:
            raise forms.ValidationError("A table of rates has at most 256 kB.")
        try:
            return sent.read().decode("utf-8-sig") if sent else ""
        except UnicodeDecodeError as error:
            raise forms.ValidationError("This is not a text file.") from error

    def text(self) -> str:
        """The rows of the file, else those that were typed."""
        return self.cleaned_data["file"] or self.cleaned_data["table"]

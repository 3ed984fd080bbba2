"""What staff type about a payment."""

from django import forms
from django.apps import apps

from agency.ui.forms import AmountField, OfficeForm


def modes():
    return apps.get_model("reference", "PaymentMode").objects.filter(is_active=True)


class PaymentForm(OfficeForm):
    """Money that came in for one invoice, in its currency."""

    amount = AmountField()
    paid_on = forms.DateField(label="Received on", widget=forms.DateInput(attrs={"type": "date"}))
    mode = forms.ModelChoiceField(None, label="How", required=False)
    reference = forms.CharField(max_length=120, required=False)
    note = forms.CharField(
        max_length=4000, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["mode"].queryset = modes()

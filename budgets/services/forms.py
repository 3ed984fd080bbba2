"""What staff type about a service."""

from django import forms

from agency.ui.forms import AmountField, OfficeForm


class ServiceTypeForm(OfficeForm):
    """What is sold, by which unit, at which usual price."""

    name = forms.CharField(max_length=120)
    category = forms.CharField(max_length=60, required=False, help_text="Such as Design")
    default_rate = AmountField(
        min_value=0, initial=0, label="Usual price", help_text="Per unit, net of tax"
    )
    unit = forms.CharField(max_length=30, initial="hour")
    description = forms.CharField(
        max_length=4000, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    is_active = forms.BooleanField(
        required=False,
        initial=True,
        label="Offered",
        help_text="What is no longer offered stays on the lines that use it.",
    )

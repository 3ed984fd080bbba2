"""What staff type about a deal."""

from django import forms

from agency.ui.forms import AmountField, OfficeForm, PickField
from crm.choices import DayField, PersonField, currencies
from crm.contacts.models import Contact
from crm.customers.models import Customer
from crm.deals.states import DealStage


class DealForm(OfficeForm):
    """A deal; without a probability it follows the stage."""

    title = forms.CharField(max_length=200)
    customer = PickField("customers", Customer.objects, label="Company", required=False)
    contact = PickField("contacts", Contact.objects, required=False)
    stage = forms.ChoiceField(choices=DealStage.choices)
    value = AmountField(min_value=0, initial=0)
    currency = forms.ChoiceField(choices=currencies)
    probability = forms.IntegerField(
        required=False, min_value=0, max_value=100, help_text="Empty: by the stage"
    )
    close_on = DayField(label="Closes", required=False)
    owner = PersonField(required=False, empty_label="Nobody")
    pipeline = forms.CharField(max_length=60, initial="sales")

    def clean(self):
        """What was left empty follows from the stage."""
        values = super().clean()
        if values.get("probability") is None:
            values.pop("probability", None)
        return values


class LostForm(OfficeForm):
    """Why it was lost."""

    reason = forms.CharField(
        required=False, max_length=200, widget=forms.Textarea(attrs={"rows": 2})
    )

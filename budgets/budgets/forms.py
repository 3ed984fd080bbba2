"""What staff type about a budget; the cleaned values are the operations' arguments."""

from django import forms

from agency.ui.forms import AmountField, OfficeForm, PickField
from budgets.budgets.states import BudgetStatus, BudgetType
from crm.choices import DayField, PersonField, currencies
from crm.contacts.models import Contact
from crm.customers.models import Customer
from crm.deals.models import Deal
from crm.projects.models import Project


class OwnerForm(OfficeForm):
    """Who looks after the chosen budgets."""

    owner = PersonField(required=False, empty_label="Nobody")


class BudgetForm(OfficeForm):
    """Everything about a budget. It is for the project, else for the deal, else for the company."""

    name = forms.CharField(max_length=200)
    customer = PickField("customers", Customer.objects, label="Company", required=False)
    project = PickField(
        "projects", Project.objects, required=False, help_text="The budget is for this project"
    )
    deal = PickField(
        "deals", Deal.objects, required=False, help_text="Or for a deal that is not a project yet"
    )
    contact = PickField(
        "contacts", Contact.objects, required=False, help_text="Who gets the invoices"
    )
    budget_type = forms.ChoiceField(
        choices=[("", "None: the lines at their fixed amounts"), *BudgetType.choices],
        required=False,
        label="Type",
        help_text="Decides what the Invoice button bills",
    )
    status = forms.ChoiceField(choices=BudgetStatus.choices, initial=BudgetStatus.ACTIVE)
    currency = forms.ChoiceField(choices=currencies)
    total_amount = AmountField(
        required=False, min_value=0, label="Total", help_text="Empty: the sum of the lines"
    )
    po_number = forms.CharField(max_length=60, required=False, label="PO number")
    owner = PersonField(required=False, empty_label="Nobody")
    starts_on = DayField(required=False, label="Starts")
    forecast_on = DayField(required=False, label="Ends", help_text="When it should be used up")
    notes = forms.CharField(
        max_length=20_000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )

    def clean(self):
        """Turn the three fields that say what it is for into one record."""
        values = super().clean()
        project, deal = values.pop("project", None), values.pop("deal", None)
        if project and deal:
            self.add_error("deal", "Choose the project or the deal, not both.")
        values["resource"] = project or deal or values.get("customer")
        if values["resource"] is None and not self.errors:
            self.add_error("customer", "Say which company, project or deal the budget is for.")
        values["budget_type"] = values.get("budget_type") or None
        return values

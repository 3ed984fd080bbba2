"""What staff type about a project and its milestones."""

from django import forms

from agency.ui.forms import AmountField, HoursField, OfficeForm, PickField
from crm.choices import DayField, PeopleField, PersonField, currencies
from crm.customers.models import Customer
from crm.projects.states import BillingType, ProjectStatus

LONGEST_ESTIMATE = 100_000 * 60  # minutes


class ProjectForm(OfficeForm):
    """A project and the people who work on it."""

    name = forms.CharField(max_length=200)
    customer = PickField(
        "customers",
        Customer.objects,
        label="Company",
        required=False,
        help_text="Empty: for ourselves",
    )
    owner = PersonField(required=False, empty_label="Nobody")
    members = PeopleField(required=False, label="Team")
    status = forms.ChoiceField(choices=ProjectStatus.choices, label="State")
    start_on = DayField(required=False, label="Start")
    deadline_on = DayField(required=False, label="Deadline")
    billing_type = forms.ChoiceField(choices=BillingType.choices, label="Billed by")
    currency = forms.ChoiceField(choices=currencies)
    cost = AmountField(required=False, min_value=0, label="Agreed price")
    hourly_rate = AmountField(required=False, min_value=0, label="Rate per hour")
    estimated_minutes = HoursField(
        required=False, label="Estimate", longest=LONGEST_ESTIMATE, help_text="Such as 120"
    )
    progress = forms.IntegerField(min_value=0, max_value=100)
    description = forms.CharField(
        required=False, max_length=20_000, widget=forms.Textarea(attrs={"rows": 4})
    )


class StatusForm(OfficeForm):
    """The state of the chosen projects."""

    status = forms.ChoiceField(choices=ProjectStatus.choices, label="State")


class MembersForm(OfficeForm):
    """Everybody who works on a project."""

    members = PeopleField(required=False, label="Team")


class MilestoneForm(OfficeForm):
    """One date that a project works towards."""

    name = forms.CharField(max_length=200)
    due_on = DayField(required=False, label="Due")
    description = forms.CharField(
        required=False, max_length=4000, widget=forms.Textarea(attrs={"rows": 3})
    )

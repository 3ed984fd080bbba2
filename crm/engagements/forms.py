"""What staff type about an engagement; the cleaned values are the operations' arguments."""

from django import forms

from agency import money
from agency.ui.forms import AmountField, OfficeForm, PickField
from agency.ui.lines import line_formset
from crm.choices import DayField, PersonField, currencies_or_company
from crm.customers.models import Customer
from crm.engagements.states import EngagementType
from crm.engagements.team import LONGEST_ROLE


class ToolsField(forms.CharField):
    """Names with commas between them, cleaned to a list."""

    def to_python(self, value) -> list[str]:
        return [name.strip() for name in super().to_python(value).split(",") if name.strip()]

    def prepare_value(self, value):
        return ", ".join(value) if isinstance(value, list) else value

    def run_validators(self, value) -> None:
        """The operation says which names it takes."""


class EngagementForm(OfficeForm):
    """Everything about an engagement that stays open once it is agreed."""

    name = forms.CharField(max_length=200)
    engagement_type = forms.ChoiceField(choices=EngagementType.choices, label="Type")
    product = forms.CharField(max_length=60, initial="studios")
    start_on = DayField(required=False, label="Start")
    end_on = DayField(required=False, label="End", help_text="Empty: it goes on")
    renews_on = DayField(required=False, label="Contract renewal")
    owner = PersonField(required=False, empty_label="Nobody")
    monthly_revenue = AmountField(required=False, min_value=0, label="Monthly revenue (MRR)")
    total_value = AmountField(required=False, min_value=0, label="Total value (TCV)")
    cogs = AmountField(required=False, min_value=0, label="Cost of goods sold", help_text="A month")
    margin_pct = AmountField(
        required=False,
        max_value=money.PER_CENT,
        label="Margin",
        help_text="Empty: computed from monthly revenue and cost",
    )
    headcount = forms.IntegerField(required=False, min_value=0, max_value=100_000)
    tools = ToolsField(required=False, help_text="With commas: Jira, GitHub")
    deliverables = forms.CharField(
        required=False, max_length=20_000, widget=forms.Textarea(attrs={"rows": 3})
    )
    plain_status = forms.CharField(required=False, max_length=500, label="Status in plain words")
    jira_board_url = forms.CharField(required=False, max_length=500, label="Jira board")
    jira_project_key = forms.CharField(required=False, max_length=60, label="Jira project key")
    notes = forms.CharField(
        required=False,
        max_length=20_000,
        label="Internal notes",
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class NewEngagementForm(EngagementForm):
    """The same with what is settled once and for all: for whom, and in which currency."""

    customer = PickField("customers", Customer.objects, label="Company")
    currency = forms.ChoiceField(choices=currencies_or_company, required=False)


class MemberForm(OfficeForm):
    """One role of the team."""

    role = forms.CharField(max_length=LONGEST_ROLE)
    hours = AmountField(required=False, min_value=0)
    rate = AmountField(required=False, min_value=0)


TeamRows = line_formset(MemberForm)

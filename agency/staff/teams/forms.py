"""The forms of teams and departments."""

from django import forms

from agency.staff.models import Staff, Team
from agency.ui.forms import OfficeForm, OfficeModelForm, PickManyField


class TeamForm(OfficeModelForm):
    """A team, its lead and its members."""

    lead = forms.ModelChoiceField(
        Staff.objects.active(),
        required=False,
        widget=forms.Select(attrs={"data-pick": ""}),
        help_text="Sees the members' records where their role says “Own and led teams' records”",
    )
    members = PickManyField(queryset=Staff.objects.active(), required=False)

    class Meta:
        model = Team
        fields = ["name", "lead", "members"]


class DepartmentForm(OfficeForm):
    """A department."""

    name = forms.CharField(max_length=100)
    email = forms.EmailField(label="E-mail", required=False)

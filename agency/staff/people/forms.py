"""The forms of a person."""

from django import forms

from agency.reference.organisation.forms import PICK, zones
from agency.staff.models import Role, Staff
from agency.staff.people.models import MINUTES_A_WEEK
from agency.staff.signin.forms import password_field
from agency.ui.forms import AmountField, HoursField, OfficeForm, OfficeModelForm, PickManyField


class StaffForm(OfficeModelForm):
    """A person's particulars, role and departments."""

    hourly_rate = AmountField(
        label="Billing rate",
        required=False,
        min_value=0,
        help_text="An hour; used where no line, service or project has one",
    )
    weekly_minutes = HoursField(label="Hours a week", longest=MINUTES_A_WEEK, initial=2280)
    time_zone = forms.ChoiceField(
        required=False,
        choices=lambda: [("", "As the organisation"), *zones()],
        widget=forms.Select(attrs=PICK),
    )
    departments = PickManyField(queryset=None, required=False)

    class Meta:
        model = Staff
        fields = [
            "first_name",
            "last_name",
            "email",
            "title",
            "phone",
            "role",
            "departments",
            "hourly_rate",
            "weekly_minutes",
            "time_zone",
            "is_staff",
        ]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["departments"].queryset = Staff.departments.rel.model.objects.all()
        self.fields["role"].required = True
        self.fields["role"].empty_label = None
        self.fields["is_staff"].help_text = "The admin holds every record, for support"


class NewStaffForm(StaffForm):
    """The same for somebody new, who is invited or given a password."""

    invite = forms.BooleanField(
        label="Mail an invitation",
        required=False,
        initial=True,
        help_text="With a link to choose a password",
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        del self.fields["is_staff"]
        self.fields["role"].empty_label = "Choose a role"


class PasswordForm(OfficeForm):
    """A new password for somebody else."""

    password = password_field("New password", "new-password")


class ProfileForm(OfficeModelForm):
    """What people say about themselves."""

    time_zone = StaffForm.base_fields["time_zone"]

    class Meta:
        model = Staff
        fields = ["first_name", "last_name", "title", "phone", "time_zone"]


class RoleForm(OfficeForm):
    """Which role the chosen people get."""

    role = forms.ModelChoiceField(Role.objects, empty_label=None)

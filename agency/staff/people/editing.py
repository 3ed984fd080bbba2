"""The forms and steps of a person's page."""

from django.urls import reverse

from agency.staff.models import Staff
from agency.staff.people import letters
from agency.staff.people import operations as people
from agency.staff.people.forms import NewStaffForm, PasswordForm, ProfileForm, StaffForm
from agency.staff.signin import second_factor
from agency.ui.views import OperationFormView, RecordFormView, RecordStepView

CRUMBS = [("Settings", "settings"), ("Staff", "staff-list")]


class NewStaff(OperationFormView):
    tool, level, title, submit_label = "staff", "manage", "New person", "Take on"
    form_class, crumbs, template_name = NewStaffForm, CRUMBS, "staff/form.html"
    success_message = "{result} is on the staff."

    def perform(self, form):
        return people.create(by=self.request.user, **form.cleaned_data)


class EditStaff(RecordFormView):
    tool, level, form_class = "staff", "manage", StaffForm
    crumbs, template_name = CRUMBS, "staff/form.html"
    queryset = Staff.objects.select_related("role")
    success_message = "{result} is saved."

    def get_title(self) -> str:
        return f"Edit {self.record}"

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"instance": self.record}

    def get_initial(self):
        return {}

    def perform(self, form):
        return people.update(self.record, by=self.request.user, **form.cleaned_data)


class SetPassword(RecordFormView):
    tool, level, title, form_class = "staff", "manage", "Set password", PasswordForm
    crumbs, submit_label = CRUMBS, "Set password"
    queryset = Staff.objects.select_related("role")
    intro = "It ends their sessions and API keys."
    success_message = "{result} has a new password."

    def get_initial(self):
        return {}

    def perform(self, form):
        return people.change_password(self.record, by=self.request.user, **form.cleaned_data)


class StaffStep(RecordStepView):
    """A step of the account without a form."""

    tool, level, crumbs = "staff", "manage", CRUMBS
    queryset = Staff.objects.select_related("role")

    def success_url(self, result) -> str:
        return self.record.get_absolute_url()


class Invite(StaffStep):
    title, submit_label = "Mail an invitation", "Invite"
    success_message = "The invitation is on its way."

    def perform(self):
        letters.invite(self.record, by=self.request.user)


class Deactivate(StaffStep):
    title, submit_label, danger = "Deactivate", "Deactivate", True
    question = "They cannot sign in any more, and their API keys end. Their records stay."
    success_message = "{result} cannot sign in any more."

    def perform(self):
        return people.deactivate(self.record, by=self.request.user)


class Activate(StaffStep):
    title, submit_label = "Activate", "Activate"
    success_message = "{result} can sign in again."

    def perform(self):
        return people.activate(self.record, by=self.request.user)


class CodesOff(StaffStep):
    title, submit_label, danger = "Turn off two-step sign-in", "Turn off", True
    question = "For somebody who lost their phone and their recovery codes. The password remains."
    success_message = "Two-step sign-in is off."

    def perform(self):
        second_factor.turn_off(self.record, by=self.request.user)


class DeleteStaff(StaffStep):
    title, submit_label, danger = "Delete", "Delete", True
    question = "Only somebody who left no trace can be deleted; anybody else is deactivated."
    success_message = "The person is deleted."

    def perform(self):
        people.delete(self.record, by=self.request.user)

    def success_url(self, result) -> str:
        gone = not Staff.objects.filter(pk=self.kwargs["pk"]).exists()
        return reverse("staff-list") if gone else self.record.get_absolute_url()


class Profile(OperationFormView):
    """What people say about themselves; role and address are set by others."""

    tool, level, title, form_class = "", "view", "Your profile", ProfileForm
    success_message = "Your profile is saved."

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"instance": self.request.user, "by": self.request.user}

    def perform(self, form):
        return people.update(self.request.user, by=self.request.user, **form.cleaned_data)

    def success_url(self, result) -> str:
        return self.request.path

"""The matrix of roles: tools down, roles across, a level in each cell."""

from django.db import transaction
from django.db.models import Count
from django.urls import reverse

from agency.staff.models import Role
from agency.staff.roles import operations as roles
from agency.staff.roles.forms import MatrixForm, NewRoleForm, RoleForm
from agency.ui.pages import needs
from agency.ui.views import OperationFormView, RecordFormView, RecordStepView

CRUMBS = [("Settings", "settings"), ("Roles", "role-list")]


class RoleMatrix(OperationFormView):
    """Read by everybody who sees the staff, changed by who manages it."""

    tool, level, title, form_class = "staff", "view", "Roles", MatrixForm
    crumbs, template_name = [("Settings", "settings")], "staff/roles.html"
    success_message = "The roles are saved; they hold from now on."

    def get_form_kwargs(self):
        held = Role.objects.annotate(people=Count("holders")).order_by("position", "name")
        return super().get_form_kwargs() | {"roles": held, "may_edit": self.may("manage")}

    @needs("manage")
    def post(self, request, *args, **kwargs):
        return super().post(request, *args, **kwargs)

    @transaction.atomic
    def perform(self, form):
        for role, values in form.changes():
            roles.update(role, by=self.request.user, **values)

    def success_url(self, result) -> str:
        return reverse("role-list")

    def get_context_data(self, **context):
        return super().get_context_data(may_edit=self.may("manage"), **context)


class NewRole(OperationFormView):
    tool, level, title, submit_label = "staff", "manage", "New role", "Make role"
    form_class, crumbs = NewRoleForm, CRUMBS
    success_message = "Set what “{result}” may do in its column."

    def perform(self, form):
        like = form.cleaned_data["like"]
        start = {"grants": like.grants, "scope": like.scope} if like else {}
        return roles.create(name=form.cleaned_data["name"], by=self.request.user, **start)

    def success_url(self, result) -> str:
        return reverse("role-list")


class EditRole(RecordFormView):
    tool, level, title, form_class, crumbs = "staff", "manage", "Rename role", RoleForm, CRUMBS
    queryset = Role.objects
    success_message = "The role is called “{result}” now."

    def perform(self, form):
        return roles.update(self.record, by=self.request.user, **form.cleaned_data)

    def success_url(self, result) -> str:
        return reverse("role-list")


class DeleteRole(RecordStepView):
    tool, level, title, submit_label, danger = "staff", "manage", "Delete role", "Delete", True
    queryset, crumbs = Role.objects, CRUMBS
    question = "A role that somebody holds stays."
    success_message = "The role is deleted."

    def perform(self):
        roles.delete(self.record, by=self.request.user)

    def success_url(self, result) -> str:
        return reverse("role-list")

"""The forms and buttons that change a project."""

from django.urls import reverse

from agency.ui.views import OperationFormView, RecordFormView, RecordStepView
from crm.choices import keep
from crm.deals.editing import named_customer
from crm.deals.operations import usual_currency
from crm.projects import operations
from crm.projects.forms import MembersForm, ProjectForm
from crm.projects.models import Project
from crm.projects.states import BillingType, ProjectStatus

CRUMBS = [("Deliver", ""), ("Projects", "project-list")]


class NewProject(OperationFormView):
    """Starts with the company that one came from, and oneself on the team."""

    tool, title, submit_label = "projects", "New project", "Add project"
    form_class, crumbs = ProjectForm, CRUMBS
    template_name = "crm/projects/form.html"
    dialog_template_name = "crm/projects/form_dialog.html"
    success_message = "{result} added."

    def get_initial(self):
        me = self.request.user
        customer = named_customer(self.request.GET.get("customer", ""), me)
        return {
            "customer": customer,
            "currency": usual_currency(customer),
            "owner": me,
            "members": [me],
            "status": ProjectStatus.NOT_STARTED,
            "billing_type": BillingType.PROJECT_HOURS,
            "progress": 0,
        }

    def perform(self, form):
        return operations.create(by=self.request.user, **form.cleaned_data)


class EditProject(RecordFormView):
    tool, title = "projects", "Edit project"
    form_class, queryset, crumbs = ProjectForm, Project.objects, CRUMBS
    template_name = "crm/projects/form.html"
    dialog_template_name = "crm/projects/form_dialog.html"
    success_message = "{result} saved."

    def get_form(self, form_class=None):
        form = super().get_form(form_class)
        keep(form, "members", self.record.members.all())
        return form

    def get_initial(self):
        return super().get_initial() | {"members": self.record.members.all()}

    def perform(self, form):
        return operations.update(self.record, by=self.request.user, **form.cleaned_data)


class EditMembers(EditProject):
    """The team alone."""

    title, form_class = "Team", MembersForm
    template_name, dialog_template_name = "ui/form.html", "ui/form_dialog.html"
    success_message = "The team of {result} is saved."

    def get_initial(self):
        return {"members": self.record.members.all()}


class ProjectStep(RecordStepView):
    tool, queryset, crumbs = "projects", Project.objects, CRUMBS


class MoveProject(ProjectStep):
    """To the state named by ``?to=``."""

    title, submit_label = "Change state", "Change"
    question = "Change the state of this project?"

    def perform(self):
        to = self.request.GET.get("to", "")
        return operations.move(self.record, to, by=self.request.user)


class Archive(ProjectStep):
    title, submit_label = "Archive project", "Archive"
    question = "The project leaves the lists of what is open; everything on it stays readable."
    success_message = "{result} is archived."

    def perform(self):
        return operations.archive(self.record, by=self.request.user)


class Unarchive(ProjectStep):
    title, submit_label = "Take back project", "Take back"
    question = "Take this project out of the archive?"
    success_message = "{result} is back."

    def perform(self):
        return operations.unarchive(self.record, by=self.request.user)


class DeleteProject(ProjectStep):
    title, submit_label, level, danger = "Delete project", "Delete", "manage", True
    question = "Delete this project with its tasks and milestones?"
    success_message = "Project deleted."

    def perform(self):
        operations.delete(self.record, by=self.request.user)

    def success_url(self, result) -> str:
        gone = not Project.objects.filter(pk=self.kwargs["pk"]).exists()
        return reverse("project-list") if gone else self.record.get_absolute_url()

"""Milestones on the page of their project."""

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.urls import reverse

from agency.errors import BusinessError
from agency.reference import organisation
from agency.ui.pages import done
from agency.ui.views import Action, PanelView, RecordFormView, RecordStepView
from crm.projects import milestones
from crm.projects.forms import MilestoneForm
from crm.projects.models import Milestone, Project

CRUMBS = [("Deliver", ""), ("Projects", "project-list")]


class ProjectMilestones(PanelView):
    """The milestones in their order, each with its tick; POST keeps a new order."""

    tool, title, noun = "projects", "Milestones", "milestones"
    queryset = Project.objects
    template_name = "crm/projects/milestones.html"
    empty = "No milestone yet."
    limit = 200

    def rows(self):
        return Milestone.objects.listing().filter(project=self.record)

    def actions(self) -> list[Action]:
        url = reverse("milestone-new", args=[self.record.pk])
        return [Action(label="Add", url=url, icon="plus", level="update", dialog=True)]

    def post(self, request, *args, **kwargs):
        if not self.may("update"):
            return self.handle_no_permission()
        ids = request.POST.get("ids", "").split(",")
        if not all(one.isdecimal() and len(one) < 19 for one in ids):
            raise BadRequest("Send the ids of the milestones.")
        try:
            milestones.reorder(self.record, [int(one) for one in ids], by=request.user)
        except BusinessError as error:
            messages.error(request, error.message)
        if request.htmx:
            return done(request, "milestones")
        return done(request, url=self.record.get_absolute_url())

    def get_context_data(self, **context):
        return super().get_context_data(
            perms_update=self.may("update"), today=organisation.today(), **context
        )


class NewMilestone(RecordFormView):
    tool, title, submit_label = "projects", "New milestone", "Add milestone"
    form_class, queryset, crumbs = MilestoneForm, Project.objects, CRUMBS
    events = ("milestones",)

    @property
    def intro(self) -> str:
        return str(self.record)

    def get_initial(self):
        return {}

    def perform(self, form):
        milestones.create(by=self.request.user, project=self.record, **form.cleaned_data)
        return self.record


class OneMilestone:
    """A milestone, whose page is its project's."""

    tool, crumbs, events = "projects", CRUMBS, ("milestones",)
    queryset = Milestone.objects.select_related("project")

    def get_crumbs(self):
        project = self.record.project
        return [*super().get_crumbs(), (str(project), project.get_absolute_url())]

    def success_url(self, result) -> str:
        return self.record.project.get_absolute_url()


class EditMilestone(OneMilestone, RecordFormView):
    title, form_class = "Edit milestone", MilestoneForm

    def perform(self, form):
        return milestones.update(self.record, by=self.request.user, **form.cleaned_data)


class TickMilestone(OneMilestone, RecordStepView):
    """Done, or not done after all."""

    title, submit_label = "Milestone", "Change"
    question = "Change whether this milestone is reached?"

    def perform(self):
        reached = self.record.completed_at is None
        return milestones.update(self.record, by=self.request.user, is_completed=reached)


class DeleteMilestone(OneMilestone, RecordStepView):
    title, submit_label, danger = "Delete milestone", "Delete", True
    question = "Delete this milestone? Its tasks stay on the project."

    def perform(self):
        milestones.delete(self.record, by=self.request.user)

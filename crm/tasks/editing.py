"""The forms and buttons that change a task."""

from django.urls import reverse

from agency.ui.views import OperationFormView, RecordFormView, RecordStepView
from crm.choices import keep
from crm.customers.models import Customer
from crm.deals.models import Deal
from crm.projects.models import Project
from crm.tasks import operations
from crm.tasks.forms import ProjectTaskForm, TaskForm
from crm.tasks.models import Task
from crm.tasks.states import TaskPriority, TaskStatus

CRUMBS = [("Deliver", ""), ("Tasks", "task-list")]
PLACES = {"project": Project, "customer": Customer, "deal": Deal}


def named(model, key: str, staff):
    """The record that a link names by its key, if the person may see it."""
    if not (key.isdecimal() and len(key) < 19):
        return None
    return model.objects.visible_to(staff).filter(pk=key).first()


class NewTask(OperationFormView):
    """Starts on the project, customer or deal that one came from."""

    tool, title, submit_label = "tasks", "New task", "Add task"
    crumbs = CRUMBS
    template_name = "crm/tasks/form.html"
    dialog_template_name = "crm/tasks/form_dialog.html"
    events = ("tasks", "board", "milestones")
    success_message = "{result} added."

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        self.place = None

    def dispatch(self, request, *args, **kwargs):
        if request.user.is_authenticated:
            asked = ((model, request.GET.get(kind, "")) for kind, model in PLACES.items())
            found = (named(model, key, request.user) for model, key in asked)
            self.place = next(filter(None, found), None)
        return super().dispatch(request, *args, **kwargs)

    @property
    def intro(self) -> str:
        return str(self.place) if self.place else ""

    def get_form_class(self):
        return ProjectTaskForm if isinstance(self.place, Project) else TaskForm

    def get_form_kwargs(self):
        own = {"project": self.place} if isinstance(self.place, Project) else {}
        return super().get_form_kwargs() | own

    def get_initial(self):
        status = self.request.GET.get("status")
        return {
            "project": self.place if isinstance(self.place, Project) else None,
            "status": status if status in TaskStatus.values else TaskStatus.NOT_STARTED,
            "priority": TaskPriority.MEDIUM,
            "is_billable": True,
        }

    def perform(self, form):
        values = dict(form.cleaned_data)
        project = values.pop("project")
        subject = project or (None if isinstance(self.place, Project) else self.place)
        return operations.create(by=self.request.user, subject=subject, **values)


class EditTask(RecordFormView):
    """The project can change while no time is logged on the task."""

    tool, title = "tasks", "Edit task"
    queryset = Task.objects.select_related("project", "customer", "milestone")
    crumbs = CRUMBS
    template_name = "crm/tasks/form.html"
    dialog_template_name = "crm/tasks/form_dialog.html"
    success_message = "{result} saved."

    def get_form_class(self):
        return ProjectTaskForm if self.record.project else TaskForm

    def get_form_kwargs(self):
        own = {"project": self.record.project} if self.record.project else {}
        return super().get_form_kwargs() | own

    def get_form(self, form_class=None):
        form = super().get_form(form_class)
        keep(form, "assignees", self.record.assignees.all())
        return form

    def get_initial(self):
        return super().get_initial() | {"assignees": self.record.assignees.all()}

    def perform(self, form):
        values = dict(form.cleaned_data)
        project = values.pop("project")
        if project != self.record.project:
            values["subject"] = project
            values["milestone"] = None
        return operations.update(self.record, by=self.request.user, **values)


class TaskStep(RecordStepView):
    """Lists and boards draw themselves anew; the task's own page (``?page=1``) is loaded again."""

    tool, queryset, crumbs = "tasks", Task.objects, CRUMBS

    @property
    def events(self) -> tuple[str, ...]:
        return () if "page" in self.request.GET else ("tasks", "board", "milestones", "my-tasks")


class CompleteTask(TaskStep):
    title, submit_label = "Complete task", "Complete"
    question = "Mark this task as done?"
    success_message = "{result} is complete."

    def perform(self):
        return operations.complete(self.record, by=self.request.user)


class ReopenTask(TaskStep):
    title, submit_label = "Open task again", "Open again"
    question = "Take this task into work again?"
    success_message = "{result} is open again."

    def perform(self):
        return operations.reopen(self.record, by=self.request.user)


class MoveTask(TaskStep):
    """To the state named by ``?to=``."""

    title, submit_label, events = "Move task", "Move", ()  # a move is pressed on the page alone
    question = "Move this task to the other state?"

    def perform(self):
        to = self.request.GET.get("to", "")
        return operations.move(self.record, to, by=self.request.user)


class DeleteTask(TaskStep):
    title, submit_label, level, danger = "Delete task", "Delete", "manage", True
    question, events = "Delete this task?", ()
    success_message = "Task deleted."

    def perform(self):
        operations.delete(self.record, by=self.request.user)

    def success_url(self, result) -> str:
        gone = not Task.objects.filter(pk=self.kwargs["pk"]).exists()
        if not gone:
            return self.record.get_absolute_url()
        project = self.record.project
        return project.get_absolute_url() if project else reverse("task-list")

"""What staff type about a task."""

from django import forms

from agency.ui.forms import AmountField, HoursField, OfficeForm, PickField
from crm.choices import DayField, PeopleField
from crm.projects.models import Milestone, Project
from crm.tasks.states import LANES, TaskPriority

LONGEST_ESTIMATE = 10_000 * 60  # minutes


class TaskForm(OfficeForm):
    """A task of a project, or of the record that one came from."""

    title = forms.CharField(max_length=300)
    project = PickField("projects", Project.objects, required=False)
    assignees = PeopleField(required=False, label="Assigned to")
    due_on = DayField(label="Due", required=False)
    start_on = DayField(label="Starts", required=False)
    status = forms.ChoiceField(
        choices=[(status.value, status.label) for status in LANES], label="State"
    )
    priority = forms.ChoiceField(choices=TaskPriority.choices)
    estimated_minutes = HoursField(
        required=False, label="Estimate", longest=LONGEST_ESTIMATE, help_text="Such as 6:30 or 6.5"
    )
    hourly_rate = AmountField(required=False, min_value=0, label="Rate per hour")
    is_billable = forms.BooleanField(required=False, label="Billable")
    description = forms.CharField(
        required=False, max_length=20_000, widget=forms.Textarea(attrs={"rows": 4})
    )


class ProjectTaskForm(TaskForm):
    """The same on a project, with its milestones to choose from."""

    milestone = forms.ModelChoiceField(Milestone.objects.none(), required=False, empty_label="None")

    def __init__(self, *args, project: Project, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["milestone"].queryset = project.milestones.all()


class AssigneesForm(OfficeForm):
    """Who does the chosen tasks."""

    assignees = PeopleField(label="Assigned to")


class DueForm(OfficeForm):
    """When the chosen tasks are due."""

    due_on = DayField(label="Due", required=False)

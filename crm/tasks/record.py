"""The page of one task."""

from django.urls import reverse

from agency.ui import formats
from agency.ui.views import Action, Figure, RecordView
from crm.tasks.models import Task
from crm.tasks.pills import due_of, is_late, priority_mark, status_pill
from crm.tasks.states import LANES, TaskStatus
from crm.teams import names


class TaskView(RecordView):
    """What is to be done, by whom, and what it has taken so far."""

    tool, subject, name = "tasks", "task", "task"
    queryset = Task.objects.listing().select_related("created_by")
    template_name = "crm/tasks/record.html"
    crumbs = [("Deliver", "")]
    list_url, list_label = "task-list", "Tasks"

    def get_context_data(self, **context):
        task = self.record
        return super().get_context_data(
            pill=status_pill(task),
            priority=priority_mark(task),
            due=due_of(task),
            names=names(task.people),
            followers=list(task.followers.all()),
            perms_update=self.may("update"),
            **context,
        )

    def get_crumbs(self):
        project = self.record.project
        own = [(str(project), project.get_absolute_url())] if project else []
        return [*super().get_crumbs(), *own]

    def path(self, name: str) -> str:
        return reverse(name, args=[self.record.pk])

    def actions(self) -> list[Action]:
        edit = Action(
            label="Edit", url=self.path("task-edit"), level="update", dialog=True, key="e"
        )
        delete = Action(
            label="Delete",
            url=self.path("task-delete"),
            icon="trash-2",
            level="manage",
            post=True,
            menu=True,
            danger=True,
            confirm="Delete this task?",
            off="Not while time is logged on it" if self.record.logged_minutes else "",
        )
        return [*self.moves(), delete, edit, self.next_step()]

    def moves(self) -> list[Action]:
        return [
            Action(
                label=f"To {status.label.lower()}",
                url=f"{self.path('task-move')}?to={status.value}",
                icon="arrow-right",
                level="update",
                post=True,
                menu=True,
            )
            for status in LANES
            if status not in (self.record.status, TaskStatus.COMPLETE)
        ]

    def next_step(self) -> Action:
        if self.record.status == TaskStatus.COMPLETE:
            url = f"{self.path('task-reopen')}?page=1"
            return Action(label="Open again", url=url, icon="undo-2", level="update", post=True)
        return Action(
            label="Complete",
            url=f"{self.path('task-complete')}?page=1",
            icon="check",
            level="update",
            post=True,
            primary=True,
        )

    def figures(self) -> list[Figure]:
        task = self.record
        left = (task.estimated_minutes or 0) - task.logged_minutes
        over = task.estimated_minutes is not None and left < 0
        return [
            Figure(
                label="Due",
                value=due_of(task) if task.due_on else "No date",
                kind="text",
                tone="bad" if is_late(task) else "",
            ),
            Figure(label="Logged", value=task.logged_minutes, kind="hours"),
            Figure(label="Estimate", value=task.estimated_minutes, kind="hours"),
            Figure(
                label="Left",
                value=left if task.estimated_minutes is not None else None,
                kind="hours",
                tone="bad" if over else "",
                note=f"{formats.clock(-left)} over" if over else "",
                note_tone="bad",
            ),
        ]

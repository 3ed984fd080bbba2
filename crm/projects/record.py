"""The page of one project."""

from django.apps import apps
from django.db.models import Sum
from django.urls import reverse

from agency.reference import organisation
from agency.ui import formats
from agency.ui.views import Action, Explanation, Figure, RecordView
from crm.projects.models import Project
from crm.projects.pills import is_late, status_pill
from crm.projects.states import CLOSED, ProjectStatus
from crm.teams import names


class ProjectView(RecordView):
    """How the project stands, who works on it, and all that belongs to it."""

    tool, subject, name = "projects", "project", "project"
    queryset = Project.objects.listing().with_tasks()
    template_name = "crm/projects/record.html"
    crumbs = [("Deliver", "")]
    list_url, list_label = "project-list", "Projects"

    def get_context_data(self, **context):
        return super().get_context_data(
            pill=status_pill(self.record),
            team=names(self.record.team),
            perms_update=self.may("update"),
            **context,
        )

    def path(self, name: str) -> str:
        return reverse(name, args=[self.record.pk])

    # -- the moves --------------------------------------------------------------------------------
    def actions(self) -> list[Action]:
        edit = Action(
            label="Edit", url=self.path("project-edit"), level="update", dialog=True, key="e"
        )
        return [*self.moves(), self.archive(), self.removal(), edit, *self.next_step()]

    def next_step(self) -> list[Action]:
        if not self.request.user.has_perm("tasks:update") or self.record.status in CLOSED:
            return []
        url = f"{reverse('task-new')}?project={self.record.pk}"
        return [Action(label="New task", url=url, dialog=True, primary=True)]

    def moves(self) -> list[Action]:
        return [
            Action(
                label=f"To {status.label.lower()}",
                url=f"{self.path('project-move')}?to={status.value}",
                icon="arrow-right",
                level="update",
                post=True,
                menu=True,
            )
            for status in ProjectStatus
            if status != self.record.status
        ]

    def archive(self) -> Action:
        away = self.record.archived_at is not None
        return Action(
            label="Take out of the archive" if away else "Archive",
            url=self.path("project-unarchive" if away else "project-archive"),
            icon="archive-restore" if away else "archive",
            level="update",
            post=True,
            menu=True,
        )

    def removal(self) -> Action:
        return Action(
            label="Delete",
            url=self.path("project-delete"),
            icon="trash-2",
            level="manage",
            post=True,
            menu=True,
            danger=True,
            confirm="Delete this project with its tasks? It is kept while it has time or budgets.",
        )

    # -- the figures ------------------------------------------------------------------------------
    def figures(self) -> list[Figure]:
        staff = self.request.user
        project, found = self.record, [self.deadline()]
        if staff.has_perm("tasks:view"):
            done = project.task_count - project.open_task_count
            note = f"{project.open_task_count} open" if project.task_count else "None yet"
            words = f"{done} of {project.task_count}"
            found.append(Figure(label="Tasks done", value=words, kind="text", note=note))
        if staff.has_perm("time:view"):
            found.append(self.hours(staff))
        if project.cost is not None:
            found.append(
                Figure(label="Agreed price", value=project.cost, currency=project.currency)
            )
        return found

    def deadline(self) -> Figure:
        project = self.record
        if project.deadline_on is None:
            return Figure(label="Deadline", value="None", kind="text")
        days = (project.deadline_on - organisation.today()).days
        late = is_late(project)
        note = f"{-days} days late" if late else f"in {days} days" if days >= 0 else ""
        return Figure(
            label="Deadline",
            value=formats.day(project.deadline_on),
            kind="text",
            tone="bad" if late else "",
            note=note,
            note_tone="bad" if late else "",
        )

    def hours(self, staff) -> Figure:
        """Time logged on the project, by person, against its estimate."""
        entries = apps.get_model("crm", "TimeEntry").objects.visible_to(staff).ended()
        entries = entries.filter(project=self.record).order_by()
        people = entries.values("staff__first_name", "staff__last_name")
        sums = list(people.annotate(total=Sum("minutes")).order_by("-total"))
        logged, planned = sum(line["total"] for line in sums), self.record.estimated_minutes
        lines = [
            ("+", f"{line['staff__first_name']} {line['staff__last_name']}".strip(), shown)
            for line in sums
            if (shown := formats.clock(line["total"]))
        ]
        why = Explanation("Hours logged", lines, formats.clock(logged), label="Logged")
        return Figure(
            label="Hours logged",
            value=logged,
            kind="hours",
            note=f"{logged * 100 // planned} % of {formats.clock(planned)}" if planned else "",
            note_tone="bad" if planned and logged > planned else "",
            explain=why if lines else None,
        )

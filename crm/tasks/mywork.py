"""What one person has to do, the most pressing first."""

from collections.abc import Iterable
from datetime import date, timedelta

from django.views.generic import TemplateView

from agency.reference import organisation
from agency.ui.views import ToolPage
from crm.tasks.models import Task

MOST = 200


def open_tasks_of(staff):
    """The open tasks that a person is assigned to, by urgency."""
    return Task.objects.listing().visible_to(staff).open().assigned_to(staff).by_urgency()


def pressing(staff) -> tuple[int, str]:
    """How many tasks of one's own are due today or late, and the tone of that number."""
    today = organisation.today()
    tasks = Task.objects.visible_to(staff).open().assigned_to(staff).order_by()
    days = list(tasks.filter(due_on__lte=today).values_list("due_on", flat=True))
    return len(days), "bad" if any(day < today for day in days) else ""


def grouped(tasks: Iterable[Task], today: date) -> list[tuple[str, str, list[Task]]]:
    """(heading, tone, tasks) by how soon they are due; empty groups are left out."""
    sunday = today + timedelta(days=6 - today.weekday())
    groups: dict[str, list[Task]] = {
        name: [] for name in ("Overdue", "Today", "This week", "Later", "No date")
    }
    for task in tasks:
        groups[group_of(task.due_on, today, sunday)].append(task)
    return [(name, "bad" * (name == "Overdue"), found) for name, found in groups.items() if found]


def group_of(due: date | None, today: date, sunday: date) -> str:
    if due is None:
        return "No date"
    if due < today:
        return "Overdue"
    if due == today:
        return "Today"
    return "This week" if due <= sunday else "Later"


class MyWorkView(ToolPage, TemplateView):
    """One's own open tasks, each with its tick."""

    tool, title = "tasks", "My work"
    template_name = "crm/tasks/my_work.html"

    def get_context_data(self, **context):
        tasks = list(open_tasks_of(self.request.user)[: MOST + 1])
        return super().get_context_data(
            groups=grouped(tasks[:MOST], organisation.today()),
            number=len(tasks[:MOST]),
            has_more=len(tasks) > MOST,
            perms_update=self.may("update"),
            **context,
        )

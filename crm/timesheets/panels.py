"""The time on a task, a project or a customer, shown on their pages."""

from urllib.parse import urlencode

from django.urls import reverse

from agency.ui.views import Action, Column, PanelView, visible
from crm.customers.models import Customer
from crm.projects.models import Project
from crm.tasks.models import Task
from crm.timesheets.models import TimeEntry
from crm.timesheets.pills import state_pill
from crm.timesheets.views import work_cell
from crm.timesheets.work import on_task


class TimePanel(PanelView):
    """Entries that the person may see, newest first."""

    tool, title, noun = "time", "Time", "entries"
    empty = "No time is logged yet."
    link = ""  # the entry's way to the record
    columns = [
        Column(name="date", label="Date", kind="date", phone="sub"),
        Column(name="person", label="Person", value="staff", kind="person", phone="title"),
        Column(name="work", label="Work", draw=work_cell, clip=True),
        Column(name="state", label="State", draw=state_pill, phone="state"),
        Column(name="minutes", label="Hours", kind="hours", phone="value"),
        Column(name="amount", label="Worth", kind="money"),
    ]

    @property
    def all_url(self) -> str:
        return f"{reverse('time-list')}?{urlencode({f'{self.filter_name}_id': self.record.pk})}"

    @property
    def filter_name(self) -> str:
        return {"customer": "company"}.get(self.link, self.link)

    def rows(self):
        mine = visible(TimeEntry.objects.listing(), self.request.user)
        return mine.filter(**{self.link: self.record})


class TaskTime(TimePanel):
    """With the timer: a task is where most of it starts."""

    queryset, link = Task.objects.select_related("project", "customer"), "task"

    def actions(self) -> list[Action]:
        query = urlencode({"work": on_task(self.record, self.request.user).pk})
        return [
            Action(
                label="Log time",
                url=f"{reverse('time-new')}?{query}",
                icon="clock",
                level="update",
                dialog=True,
            ),
            Action(
                label="Start timer",
                url=f"{reverse('timer-start')}?{query}",
                icon="play",
                level="update",
                dialog=True,
            ),
        ]


class ProjectTime(TimePanel):
    queryset, link = Project.objects, "project"


class CustomerTime(TimePanel):
    queryset, link = Customer.objects, "customer"

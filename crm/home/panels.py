"""What this app puts on the home page: one's tasks and projects, one's week, approvals."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, Min, Sum
from django.http import HttpResponse

from agency.reference import organisation
from crm.home.views import HomePanelView
from crm.projects.models import Project
from crm.tasks.mywork import grouped, open_tasks_of
from crm.timesheets import guards
from crm.timesheets.models import TimeEntry

MOST = 12


class MyTasks(HomePanelView):
    """One's own open tasks that have a date, the most pressing first."""

    tool, title = "tasks", "My tasks"
    template_name = "crm/home/my_tasks.html"
    more_url, more_label = "my-work", "My work"

    def get_context_data(self, **context):
        tasks = list(open_tasks_of(self.request.user)[: MOST + 1])
        return super().get_context_data(
            groups=grouped(tasks[:MOST], organisation.today()),
            has_more=len(tasks) > MOST,
            perms_update=self.may("update"),
            **context,
        )


class MyProjects(HomePanelView):
    """The open projects that one leads or works on, by deadline."""

    tool, title = "projects", "My projects"
    template_name = "crm/home/my_projects.html"
    more_url, more_label = "project-list", "All projects"

    def get_context_data(self, **context):
        mine = Project.objects.listing().with_tasks().of_person(self.request.user).open()
        return super().get_context_data(projects=mine.by_deadline()[:8], **context)


WORKDAYS = 5


@dataclass(frozen=True)
class Day:
    """One day of the week: minutes logged, and how much of a full day that is, in per cent."""

    on: date
    minutes: int
    share: int
    is_today: bool


def week_of(staff, today: date) -> list[Day]:
    """The days of this week up to Friday, and those of the weekend on which something was done."""
    monday = today - timedelta(days=today.weekday())
    days = [monday + timedelta(days=number) for number in range(7)]
    rows = TimeEntry.objects.filter(staff=staff, date__gte=days[0], date__lte=days[-1]).ended()
    sums = dict(rows.order_by().values_list("date").annotate(total=Sum("minutes")))
    full = max(staff.weekly_minutes // WORKDAYS, 1)
    return [
        Day(day, minutes, min(100 * minutes // full, 100), day == today)
        for day in days
        if (minutes := sums.get(day, 0)) or day.weekday() < WORKDAYS
    ]


class MyWeek(HomePanelView):
    """The hours that one logged this week, day by day, against the agreed ones."""

    tool, title = "time", "My week"
    template_name = "crm/home/my_week.html"
    more_url, more_label = "time-week", "Open week"

    def get_context_data(self, **context):
        me = self.request.user
        days = week_of(me, organisation.today())
        return super().get_context_data(
            days=days,
            logged=sum(day.minutes for day in days),
            agreed=me.weekly_minutes,
            **context,
        )


class Approvals(HomePanelView):
    """Whose time waits for one's decision, the longest waiting first."""

    tool, level, title = "time", "update", "Time to approve"
    template_name = "crm/home/approvals.html"
    more_url, more_label = "time-approvals", "All"

    def get(self, request, *args, **kwargs):
        if not guards.reaches_others(request.user):
            return HttpResponse()  # nobody hands in to this person: no panel at all
        return super().get(request, *args, **kwargs)

    def get_context_data(self, **context):
        waiting = TimeEntry.objects.waiting_for(self.request.user).order_by()
        people = waiting.values("staff", "staff__first_name", "staff__last_name").annotate(
            entries=Count("pk"), minutes=Sum("minutes"), oldest=Min("submitted_at")
        )
        return super().get_context_data(people=list(people.order_by("oldest")), **context)

"""The week of everybody in one's scope: hours by day, and how far their approval is."""

from dataclasses import dataclass, field
from datetime import date, timedelta

from django.core.exceptions import PermissionDenied
from django.db.models import Count, Q, Sum
from django.views.generic import TemplateView

from agency.reference import organisation
from crm.timesheets import guards
from crm.timesheets.durations import week_of
from crm.timesheets.models import TimeEntry
from crm.timesheets.pages import TabbedPage
from crm.timesheets.states import TimeStatus

DRAFT = Q(status=TimeStatus.DRAFT)


@dataclass
class Line:
    """One person's week."""

    staff: object
    days: list[int] = field(default_factory=lambda: [0] * 7)
    billable: int = 0
    counts: dict[str, int] = field(default_factory=dict)

    @property
    def minutes(self) -> int:
        return sum(self.days)

    @property
    def percent(self) -> float:
        goal = self.staff.weekly_minutes
        return 100 * self.minutes / goal if goal else 0

    @property
    def state(self) -> str:
        for name in ("rejected", "open", "submitted", "approved"):
            if self.counts.get(name):
                return name
        return ""


def lines_of(people, monday: date, sunday: date) -> list[Line]:
    """Everybody's minutes by day and counts by state, in one statement beside the people's."""
    lines = {person.pk: Line(person) for person in people}
    rows = TimeEntry.objects.filter(staff__in=lines, date__range=(monday, sunday)).order_by()
    found = rows.values("staff", "date").annotate(
        total=Sum("minutes"),
        paid=Sum("minutes", filter=Q(is_billable=True), default=0),
        rejected=Count("pk", filter=Q(status=TimeStatus.REJECTED)),
        open=Count("pk", filter=DRAFT & Q(submitted_at=None)),
        submitted=Count("pk", filter=DRAFT & Q(submitted_at__isnull=False)),
        approved=Count("pk", filter=Q(status=TimeStatus.APPROVED)),
    )
    for row in found:
        line = lines[row["staff"]]
        line.days[(row["date"] - monday).days] += row["total"]
        line.billable += row["paid"]
        for name in ("rejected", "open", "submitted", "approved"):
            line.counts[name] = line.counts.get(name, 0) + row[name]
    return list(lines.values())


class TeamView(TabbedPage, TemplateView):
    """Person by person; each line leads to that person's week."""

    template_name = "crm/timesheets/team.html"
    title, tab, route = "Team", "team", "time-team"

    def dispatch(self, request, *args, **kwargs):
        if request.user.is_authenticated and not guards.reaches_others(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **context):
        monday, sunday = week_of(self.day)
        lines = lines_of(guards.in_reach(self.request.user), monday, sunday)
        dates = [monday + timedelta(days=n) for n in range(7)]
        return super().get_context_data(
            monday=monday,
            sunday=sunday,
            lines=lines,
            dates=dates,
            today=organisation.today(),
            totals=[sum(line.days[n] for line in lines) for n in range(7)],
            total=sum(line.minutes for line in lines),
            billable=sum(line.billable for line in lines),
            **context,
        )

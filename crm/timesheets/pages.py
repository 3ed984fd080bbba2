"""What the pages about somebody's time share: whose it is, and which day."""

from datetime import date, timedelta
from functools import cached_property
from urllib.parse import urlencode

from django.http import Http404
from django.urls import reverse

from agency.errors import BusinessError
from agency.reference import organisation
from agency.ui.keys import record_keys
from agency.ui.views import ToolPage
from crm.timesheets import guards, pinned
from crm.timesheets.durations import monday_of
from crm.timesheets.models import TimeEntry
from crm.timesheets.references import FIELDS
from crm.timesheets.sheet import Sheet
from crm.timesheets.work import described

FIRST, LAST = date(2000, 1, 3), date(2199, 12, 30)  # what a calendar of the office shows


class OfPerson(ToolPage):
    """A page about the time of ``?person=`` around the day ``?on=``; of oneself, today."""

    tool = "time"

    @cached_property
    def staff(self):
        """The person, 404 where their time is out of reach."""
        asked = self.request.GET.get("person", "")
        if not asked or asked == str(self.request.user.pk):
            return self.request.user
        people = guards.in_reach(self.request.user).filter(pk__in=record_keys([asked]))
        found = people.first()
        if found is None:
            raise Http404
        return found

    @cached_property
    def day(self) -> date:
        try:
            found = date.fromisoformat(self.request.GET.get("on", ""))
        except ValueError:
            found = organisation.today()
        return min(max(found, FIRST), LAST)

    @property
    def is_own(self) -> bool:
        return self.staff.pk == self.request.user.pk

    def url(self, name: str, day: date | None = None) -> str:
        """Another page about the same person, around ``day``."""
        query = {"on": (day or self.day).isoformat()}
        if not self.is_own:
            query["person"] = self.staff.pk
        return f"{reverse(name)}?{urlencode(query)}"

    @cached_property
    def sheet(self) -> Sheet:
        places = pinned.places(self.request.session, self.staff, monday_of(self.day))
        further = described(places, by=self.request.user) if places else []
        return Sheet(self.staff, self.day, is_writable=self.may("update"), further=further)


class TabbedPage(OfPerson):
    """The same with the tabs of time above it, and the way to the days before and after."""

    crumbs = [("Deliver", "")]
    tab = ""
    route = "time-week"
    step = 7

    def time_tabs(self) -> list[dict]:
        """Day, week and entries for everybody; team and approvals for who sees others' time."""
        names = {"day": ("Day", self.url("time-day")), "week": ("Week", self.url("time-week"))}
        if guards.reaches_others(self.request.user):
            names["team"] = ("Team", f"{reverse('time-team')}?on={self.day.isoformat()}")
            names["approvals"] = ("Approvals", reverse("time-approvals"))
        names["entries"] = ("All entries", reverse("time-list"))
        return [
            {"label": label, "url": url, "is_current": key == self.tab, "n": self.count_of(key)}
            for key, (label, url) in names.items()
        ]

    def count_of(self, tab: str) -> int | None:
        if tab != "approvals":
            return None
        return TimeEntry.objects.waiting_for(self.request.user).count()

    def get_context_data(self, **context):
        return super().get_context_data(
            view=self,
            staff=self.staff,
            is_own=self.is_own,
            time_tabs=self.time_tabs(),
            before=self.url(self.route, self.day - timedelta(days=self.step)),
            after=self.url(self.route, self.day + timedelta(days=self.step)),
            now_url=self.url(self.route, organisation.today()),
            **context,
        )


class WorkRefusals:
    """Puts what is wrong with a task, line, budget or project on the one field for the work."""

    def perform(self, form):
        try:
            return self.write(form)
        except BusinessError as error:
            error.field = "work" if error.field in FIELDS else error.field
            raise

"""What waits for a decision, by person and week; approved or sent back singly or together."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property

from django.contrib import messages
from django.urls import reverse
from django.views.generic import TemplateView, View

from agency.errors import BusinessError
from agency.ui import formats
from agency.ui.bulkview import BulkMixin
from agency.ui.views import BulkAction, OperationFormView, done
from crm.timesheets import guards, operations
from crm.timesheets.durations import monday_of
from crm.timesheets.forms import ReasonForm
from crm.timesheets.models import TimeEntry
from crm.timesheets.pages import OfPerson, TabbedPage

MOST = 500  # entries on the page
LONG_DAY = 10 * 60


@dataclass
class Group:
    """What one person handed in of one week."""

    staff: object
    monday: date
    entries: list[TimeEntry] = field(default_factory=list)

    @property
    def sunday(self) -> date:
        return self.monday + timedelta(days=6)

    @property
    def minutes(self) -> int:
        return sum(entry.minutes for entry in self.entries)

    @property
    def billable(self) -> int:
        return sum(entry.minutes for entry in self.entries if entry.is_billable)

    @property
    def long_days(self) -> list[date]:
        """Days with more than ten hours, which deserve a second look."""
        days: dict[date, int] = {}
        for entry in self.entries:
            days[entry.date] = days.get(entry.date, 0) + entry.minutes
        return sorted(day for day, minutes in days.items() if minutes > LONG_DAY)

    @property
    def query(self) -> str:
        return f"?on={self.monday.isoformat()}&person={self.staff.pk}"


def grouped(entries) -> list[Group]:
    """Entries by person and week, the longest wait first."""
    groups: dict[tuple, Group] = {}
    for entry in entries:
        key = (entry.staff_id, monday_of(entry.date))
        groups.setdefault(key, Group(entry.staff, key[1])).entries.append(entry)
    for group in groups.values():
        group.entries.sort(key=lambda entry: (entry.date, entry.pk))
    return list(groups.values())


class ApprovalsView(BulkMixin, TabbedPage, TemplateView):
    """The queue of whoever may decide."""

    template_name = "crm/timesheets/approvals.html"
    rows_template_name = "crm/timesheets/_approvals.html"
    title, tab, noun = "Approvals", "approvals", "entries"
    bulk_actions = [
        BulkAction(
            key="reject",
            label="Send back",
            icon="corner-up-left",
            run=operations.reject,
            together=operations.reject_all,
            form_class=ReasonForm,
            done="sent back",
            danger=True,
        ),
        BulkAction(
            key="approve",
            label="Approve",
            run=operations.approve,
            together=operations.approve,
            done="approved",
            primary=True,
        ),
    ]

    def get_template_names(self):
        return [self.rows_template_name if self.is_part else self.template_name]

    @property
    def is_part(self) -> bool:
        """Whether only the queue is asked for; the number on its tab comes along."""
        return bool(self.request.htmx) and self.request.htmx.target == "list"

    def get_queryset(self):
        return TimeEntry.objects.waiting_for(self.request.user)

    @cached_property
    def rows(self):
        return self.get_queryset().listing().order_by("submitted_at", "pk")

    def get_context_data(self, **context):
        entries = list(self.rows[: MOST + 1])
        return super().get_context_data(
            groups=grouped(entries[:MOST]),
            is_part=self.is_part,
            reaches_others=guards.reaches_others(self.request.user),
            has_more=len(entries) > MOST,
            most=MOST,
            waiting=len(entries),
            minutes=sum(entry.minutes for entry in entries),
            bulk=[action for action in self.bulk_actions if self.may(action.level)],
            moves=" ".join(action.key for action in self.bulk_actions),
            **context,
        )


class DecideWeek(OfPerson):
    """The handed-in entries of one person's week."""

    level = "update"

    @cached_property
    def waiting(self) -> list[TimeEntry]:
        rows = TimeEntry.objects.waiting_for(self.request.user).filter(staff=self.staff)
        return list(rows.filter(date__range=(self.sheet.monday, self.sheet.sunday)))

    @property
    def whose(self) -> str:
        return f"{formats.clock(sum(e.minutes for e in self.waiting))} of {self.staff}"


class ApproveWeek(DecideWeek, View):
    """Approves all that somebody handed in of a week."""

    def post(self, request):
        if not self.waiting:
            messages.info(request, "Nothing of this week waits for a decision.")
        else:
            self._approve()
        return done(request, "time", url="" if request.htmx else reverse("time-approvals"))

    def _approve(self) -> None:
        try:
            operations.approve(self.waiting, by=self.request.user)
        except BusinessError as error:
            messages.error(self.request, str(error))
        else:
            messages.success(self.request, f"{self.whose} approved.")


class RejectWeek(DecideWeek, OperationFormView):
    """Sends all of it back with one reason."""

    title, submit_label, danger = "Send the week back", "Send back", True
    form_class, events = ReasonForm, ("time",)
    crumbs = [("Deliver", ""), ("Approvals", "time-approvals")]

    @property
    def intro(self) -> str:
        return self.whose

    def perform(self, form):
        if not self.waiting:
            raise BusinessError("Nothing of this week waits for a decision.")
        return operations.reject_all(self.waiting, by=self.request.user, **form.cleaned_data)

    def said(self, result) -> str:
        return f"{self.whose} sent back."

    def success_url(self, result) -> str:
        return reverse("time-approvals")

"""The week grid and its steps: type a cell, add and copy rows, hand the week in."""

from datetime import timedelta

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.shortcuts import render
from django.views.generic import TemplateView, View

from agency.errors import BusinessError
from agency.ui import formats
from agency.ui.forms import minutes_typed
from agency.ui.views import OperationFormView, done
from crm.timesheets import cells, operations, pinned
from crm.timesheets.forms import WorkForm
from crm.timesheets.models import TimeEntry
from crm.timesheets.pages import OfPerson, TabbedPage
from crm.timesheets.sheet import Sheet
from crm.timesheets.timers import running_of
from crm.timesheets.words import span
from crm.timesheets.work import Work, described, place_from

REFUSED = 422
NO_TIME = "This is not a length of time. Type 1:30, 1.5 or 90m."


class WeekView(TabbedPage, TemplateView):
    """Seven days of one person: a grid, on a phone the list of one day."""

    template_name = "crm/timesheets/week.html"
    tab = "week"

    def get_title(self) -> str:
        return span(self.sheet.monday, self.sheet.sunday)

    def get_context_data(self, **context):
        return super().get_context_data(
            sheet=self.sheet,
            shown_day=shown_day(self.sheet, self.day, "on" in self.request.GET),
            running=running_of(self.request.user),
            cell_url=self.url("time-cell"),
            row_url=self.url("time-row-new"),
            copy_url=self.url("time-copy"),
            submit_url=self.url("time-submit-week"),
            approve_url=self.url("time-approve-week"),
            reject_url=self.url("time-reject-week"),
            new_url=self.url("time-new"),
            **context,
        )


def shown_day(sheet: Sheet, day, is_asked: bool):
    """The day that a phone lists: the one asked for, today, or Monday."""
    if is_asked or sheet.monday <= sheet.today <= sheet.sunday:
        wanted = day if is_asked else sheet.today
        return next((one for one in sheet.days if one.date == wanted), sheet.days[0])
    return sheet.days[0]


class CellView(OfPerson, View):
    """Saves one cell; answers the cell, and the sums beside it, as they are now."""

    level = "update"

    def post(self, request):
        work, day = self._work(), self._day()
        typed = request.POST.get("hours", "").strip()[:20]
        minutes = minutes_typed(typed) if typed else 0
        refusal = "" if minutes is not None else NO_TIME
        if not refusal:
            refusal = self._saved(work, day, minutes)
        pinned.pin(request.session, self.staff, self.sheet.monday, [work])
        return self._answer(work, day, typed, refusal)

    def _saved(self, work: Work, day, minutes: int) -> str:
        """Save, and say what stood in the way."""
        was = int(self.request.POST.get("was") or 0)
        who = {"staff": self.staff, "by": self.request.user}
        try:
            cells.set_total(work, day=day, minutes=minutes, was=was, **who)
        except BusinessError as error:
            messages.error(self.request, f"{work.label}, {formats.day(day)}: {error}")
            return error.message
        return ""

    def _work(self) -> Work:
        place = place_from(self.request.POST.get("work", "")[:120])
        row = self.sheet.row_of(place) if place else None
        works = [row.work] if row else described([place] if place else [], by=self.request.user)
        if not works:
            raise BadRequest("There is no such row.")
        return works[0]

    def _day(self):
        number = self.request.POST.get("day", "")
        if number not in set("0123456"[: len(self.sheet.dates)]):
            raise BadRequest("There is no such day.")
        if not self.request.POST.get("was", "0").isdecimal():
            raise BadRequest("There is no such figure.")
        return self.sheet.dates[int(number)]

    def _answer(self, work: Work, day, typed: str, refusal: str):
        del self.sheet  # read again what is there now
        row = self.sheet.row_of(work.place)
        n = self.sheet.dates.index(day)
        context = {
            "sheet": self.sheet,
            "row": row,
            "cell": row.cells[n],
            "n": n,
            "day": self.sheet.days[n],
            "typed": typed if refusal else None,
            "refusal": refusal,
            "is_own": self.is_own,
            "cell_url": self.url("time-cell"),
            "submit_url": self.url("time-submit-week"),
            "approve_url": self.url("time-approve-week"),
            "reject_url": self.url("time-reject-week"),
        }
        status = REFUSED if refusal else 200
        return render(self.request, "crm/timesheets/_cell_saved.html", context, status=status)


class AddRow(OfPerson, OperationFormView):
    """Puts a task or a budget line into the week, to type hours on it."""

    level, title, submit_label = "update", "Add a row", "Add"
    form_class = WorkForm
    intro = "Tasks, budget lines and projects that you see"

    def get_form(self, form_class=None):
        form = super().get_form(form_class)
        form.fields["work"].required = True
        return form

    def perform(self, form):
        works = described([form.cleaned_data["work"].place], by=self.request.user)
        if not works:
            raise BusinessError("There is no such work that you may see.", field="work")
        pinned.pin(self.request.session, self.staff, self.sheet.monday, works)
        return works[0]

    def success_url(self, result) -> str:
        return self.url("time-week")

    def back_url(self) -> str:
        return self.url("time-week")


class CopyWeek(OfPerson, View):
    """Puts the rows of the week before into this one, without its hours."""

    level = "update"

    def post(self, request):
        monday = self.sheet.monday - timedelta(days=7)
        entries = TimeEntry.objects.filter(
            staff=self.staff, date__range=(monday, monday + timedelta(days=6))
        )
        works = {work.place: work for work in map(Work.of, entries.listing())}
        here = {row.work.place for row in self.sheet.rows}
        fresh = [work for place, work in works.items() if place not in here]
        pinned.pin(request.session, self.staff, self.sheet.monday, fresh)
        if fresh:
            messages.success(request, f"{len(fresh)} rows of last week added, without its hours.")
        else:
            messages.info(request, "Last week has no rows that are not here already.")
        return done(request, url=self.url("time-week"))


class SubmitWeek(OfPerson, View):
    """Hands in what is still open in the week."""

    level = "update"

    def post(self, request):
        entries = self.sheet.to_submit
        try:
            operations.submit(entries, by=request.user)
        except BusinessError as error:
            messages.error(request, str(error))
        else:
            minutes = formats.clock(sum(entry.minutes for entry in entries))
            messages.success(request, f"{minutes} handed in for approval.")
        return done(request, url=self.url("time-week"))

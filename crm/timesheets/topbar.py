"""The timer in the top bar: shown on every page, started and stopped from anywhere."""

from datetime import timedelta

from django.contrib import messages
from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.views.generic import TemplateView, View
from django_htmx.http import reswap, retarget

from agency.errors import BusinessError, ConflictError
from agency.ui import formats
from agency.ui.views import OperationFormView, ToolPage, done
from crm.timesheets import operations
from crm.timesheets.forms import StartForm, StopForm
from crm.timesheets.models import TimeEntry
from crm.timesheets.pages import WorkRefusals
from crm.timesheets.sheet import minutes_so_far
from crm.timesheets.work import Work, described

LONG_AFTER = timedelta(hours=8)


class OwnTimer(ToolPage):
    """Knows the timer of the person at the keyboard."""

    tool = "time"

    @cached_property
    def running(self) -> TimeEntry | None:
        return TimeEntry.objects.running().filter(staff=self.request.user).listing().first()


class TimerSlot(OwnTimer, TemplateView):
    """What the top bar shows: the running timer, or the button that starts one."""

    template_name = "crm/timesheets/_timer.html"

    def get_context_data(self, **context):
        running = self.running
        passed = timezone.now() - running.started_at if running else timedelta(0)
        return super().get_context_data(
            running=running,
            work=Work.of(running) if running else None,
            seconds=int(passed.total_seconds()),
            is_long=passed > LONG_AFTER,
            may_start=self.may("update"),
            **context,
        )


class StartTimer(WorkRefusals, OwnTimer, OperationFormView):
    """Asks what to work on; a button beside a piece of work sends that with ``work`` at once.

    While another timer runs, asks whether to stop that one first.
    """

    level, title, submit_label = "update", "Start timer", "Start"
    form_class = StartForm
    events = ("timer", "time")

    def get_initial(self):
        return {"work": self.request.GET.get("work", "")}

    def write(self, form):
        return operations.start_timer(
            by=self.request.user,
            description=form.cleaned_data["description"],
            stop_running="stop_running" in self.request.POST,
            **form.where(),
        )

    def post(self, request, *args, **kwargs):
        form = self.get_form()
        if self.running is not None and "stop_running" not in request.POST and form.is_valid():
            return self.asked(form)
        if self.is_dialog or not request.htmx:
            return super().post(request, *args, **kwargs)
        return self.started(form)

    def started(self, form):
        """The answer to a button: the timer runs, or a toast says why not."""
        try:
            if form.is_valid():
                self.perform(form)
        except BusinessError as error:
            messages.error(self.request, str(error))
        return done(self.request, *self.events)

    def asked(self, form):
        place = form.cleaned_data["work"].place if form.cleaned_data["work"] else None
        works = described([place], by=self.request.user) if place else []
        context = {
            "view": self,
            "running": self.running,
            "running_work": Work.of(self.running),
            "minutes": minutes_so_far(self.running, timezone.now()),
            "next_work": works[0] if works else None,
            "form": form,
            "title": "Stop the running timer?",
            "back_url": self.back_url(),
            "crumbs": self.get_crumbs(),
        }
        if not self.request.htmx:
            return render(self.request, "crm/timesheets/switch.html", context)
        response = render(self.request, "crm/timesheets/switch_dialog.html", context)
        return retarget(reswap(response, "innerHTML"), "#dialog-body")


class StopTimer(OwnTimer, View):
    """Stops one's timer now."""

    level = "update"

    def post(self, request):
        if self.running is None:
            messages.info(request, "No timer is running.")
        else:
            self._stop(self.running)
        return done(request, "timer", "time", url="" if request.htmx else reverse("time-week"))

    def _stop(self, running: TimeEntry) -> None:
        try:
            entry = operations.stop_timer(running, by=self.request.user)
        except ConflictError as error:
            messages.error(self.request, str(error))
        else:
            label, minutes = Work.of(running).label, formats.clock(entry.minutes)
            messages.success(self.request, f"{minutes} on {label}.")


class CorrectTimer(OwnTimer, OperationFormView):
    """Stops a timer that was forgotten, with the time that was really worked."""

    level, title, submit_label = "update", "Still running?", "Stop it there"
    form_class = StopForm
    events = ("timer", "time")
    success_message = "Timer stopped."

    @property
    def intro(self) -> str:
        return f"Started {formats.moment(self.running.started_at)}" if self.running else ""

    def get_form(self, form_class=None):
        if self.running is None:
            raise Http404
        return super().get_form(form_class)

    def perform(self, form):
        worked = timedelta(minutes=form.cleaned_data["minutes"])
        return operations.stop_timer(
            self.running, by=self.request.user, ended_at=self.running.started_at + worked
        )

    def success_url(self, result) -> str:
        return reverse("time-week")

"""Logging, changing and deleting one entry, and its moves."""

from django.urls import reverse

from agency.ui import formats
from agency.ui.views import OperationFormView, RecordFormView, RecordStepView
from crm.timesheets import operations
from crm.timesheets.forms import EntryForm, NewEntryForm, ReasonForm, RunningForm
from crm.timesheets.models import TimeEntry
from crm.timesheets.pages import OfPerson, WorkRefusals
from crm.timesheets.work import Work

EVENTS = ("time",)
CRUMBS = [("Deliver", ""), ("Time", "time-week")]


class NewEntry(WorkRefusals, OfPerson, OperationFormView):
    """Logs time on a day, for oneself or for a colleague of one's scope."""

    level, title, submit_label = "update", "Log time", "Log time"
    form_class, events, crumbs = NewEntryForm, EVENTS, CRUMBS
    template_name = "crm/timesheets/form.html"
    dialog_template_name = "crm/timesheets/form_dialog.html"

    def get_initial(self):
        return {
            "date": self.day,
            "staff_id": self.staff.pk,
            "work": self.request.GET.get("work", ""),
        }

    def write(self, form):
        return operations.create(by=self.request.user, **form.values())

    def said(self, result) -> str:
        return f"{formats.clock(result.minutes)} logged on {formats.day(result.date)}."

    def success_url(self, result) -> str:
        return self.url("time-day", result.date)

    def back_url(self) -> str:
        return self.url("time-week")


class OneEntry:
    """An entry of somebody in one's scope."""

    tool, crumbs, events = "time", CRUMBS, EVENTS
    queryset = TimeEntry.objects.listing().select_related("decided_by")


class EditEntry(WorkRefusals, OneEntry, RecordFormView):
    """Changes a draft, or what was sent back; a running timer keeps its clock."""

    level, title = "update", "Change time"
    template_name = "crm/timesheets/form.html"
    dialog_template_name = "crm/timesheets/form_dialog.html"
    success_message = "Saved."

    def get_form_class(self):
        return RunningForm if self.record.is_running else EntryForm

    def get_initial(self):
        billable = "yes" if self.record.is_billable else "no"
        return {**super().get_initial(), "work": Work.of(self.record), "is_billable": billable}

    def write(self, form):
        return operations.update(self.record, by=self.request.user, **form.values())


class DeleteEntry(OneEntry, RecordStepView):
    level, danger, submit_label, title = "update", True, "Delete", "Delete this time?"
    question = "The entry goes; its history stays."
    success_message, events = "Time deleted.", ()

    def perform(self):
        operations.delete(self.record, by=self.request.user)

    def success_url(self, result) -> str:
        return reverse("time-week")


class SubmitEntry(OneEntry, RecordStepView):
    level, submit_label, title = "update", "Hand in", "Hand in for approval"
    success_message = "Handed in for approval."

    def perform(self):
        operations.submit(self.record, by=self.request.user)


class ApproveEntry(OneEntry, RecordStepView):
    level, submit_label, title = "update", "Approve", "Approve this time"
    success_message = "Approved."

    def perform(self):
        operations.approve(self.record, by=self.request.user)


class UnapproveEntry(OneEntry, RecordStepView):
    level, submit_label, title = "update", "Take back", "Take the approval back"
    question = "The entry becomes a draft that can be changed."
    success_message = "The approval is taken back."

    def perform(self):
        operations.unapprove(self.record, by=self.request.user)


class RejectEntry(OneEntry, RecordFormView):
    """Sends an entry back with a reason."""

    level, title, submit_label, danger = "update", "Send back", "Send back", True
    form_class = ReasonForm
    success_message = "Sent back."

    @property
    def intro(self) -> str:
        return str(self.record)

    def get_initial(self):
        return {}

    def perform(self, form):
        return operations.reject(self.record, by=self.request.user, **form.cleaned_data)

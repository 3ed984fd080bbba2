"""The pages of time."""

from django.urls import path

from crm.timesheets import editing, panels, queue, team, topbar, week
from crm.timesheets.day import DayView
from crm.timesheets.record import EntryView
from crm.timesheets.views import TimeListView

urlpatterns = [
    path("time", week.WeekView.as_view(), name="time-week"),
    path("time/cell", week.CellView.as_view(), name="time-cell"),
    path("time/rows/new", week.AddRow.as_view(), name="time-row-new"),
    path("time/rows/copy", week.CopyWeek.as_view(), name="time-copy"),
    path("time/submit", week.SubmitWeek.as_view(), name="time-submit-week"),
    path("time/day", DayView.as_view(), name="time-day"),
    path("time/team", team.TeamView.as_view(), name="time-team"),
    path("time/approvals", queue.ApprovalsView.as_view(), name="time-approvals"),
    path("time/approvals/week", queue.ApproveWeek.as_view(), name="time-approve-week"),
    path("time/approvals/week/reject", queue.RejectWeek.as_view(), name="time-reject-week"),
    path("time/timer", topbar.TimerSlot.as_view(), name="timer-slot"),
    path("time/timer/start", topbar.StartTimer.as_view(), name="timer-start"),
    path("time/timer/stop", topbar.StopTimer.as_view(), name="timer-stop"),
    path("time/timer/correct", topbar.CorrectTimer.as_view(), name="timer-correct"),
    path("time/entries", TimeListView.as_view(), name="time-list"),
    path("time/new", editing.NewEntry.as_view(), name="time-new"),
    path("time/<int:pk>", EntryView.as_view(), name="time-entry"),
    path("time/<int:pk>/edit", editing.EditEntry.as_view(), name="time-edit"),
    path("time/<int:pk>/delete", editing.DeleteEntry.as_view(), name="time-delete"),
    path("time/<int:pk>/submit", editing.SubmitEntry.as_view(), name="time-submit"),
    path("time/<int:pk>/approve", editing.ApproveEntry.as_view(), name="time-approve"),
    path("time/<int:pk>/reject", editing.RejectEntry.as_view(), name="time-reject"),
    path("time/<int:pk>/unapprove", editing.UnapproveEntry.as_view(), name="time-unapprove"),
    path("tasks/<int:pk>/panels/time", panels.TaskTime.as_view(), name="task-time"),
    path("projects/<int:pk>/panels/time", panels.ProjectTime.as_view(), name="project-time"),
    path("customers/<int:pk>/panels/time", panels.CustomerTime.as_view(), name="customer-time"),
]

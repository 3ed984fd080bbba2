"""The page of one entry: what it says, what it is worth and why, what was done to it."""

from django.urls import reverse

from agency.ui import formats
from agency.ui.views import Action, Explanation, Figure, RecordView
from crm.timesheets import guards
from crm.timesheets.models import TimeEntry
from crm.timesheets.pills import state_pill
from crm.timesheets.states import TimeStatus
from crm.timesheets.work import Work


class EntryView(RecordView):
    tool, subject, name = "time", "time_entry", "entry"
    template_name = "crm/timesheets/record.html"
    queryset = TimeEntry.objects.listing().select_related(
        "decided_by", "created_by", "invoice_line__invoice"
    )
    crumbs = [("Deliver", ""), ("Time", "time-week")]
    list_url, list_label = "time-list", "All entries"

    def get_title(self) -> str:
        return Work.of(self.record).label

    def get_context_data(self, **context):
        return super().get_context_data(
            pill=state_pill(self.record),
            work=Work.of(self.record),
            may_see_invoice=self.request.user.has_perm("invoices:view"),
            **context,
        )

    def figures(self) -> list[Figure]:
        entry = self.record
        hours = f"{formats.clock(entry.minutes)} h × {formats.quantity(entry.rate)}"
        why = Explanation(
            "What this time is worth",
            [("", hours if entry.is_billable else "Not billable", entry.amount)],
            entry.amount,
            entry.currency,
            "The rate is the one that held when the time was logged.",
        )
        return [
            Figure(label="Time", value=entry.minutes, kind="hours", note=formats.day(entry.date)),
            Figure(label="Rate per hour", value=entry.rate, currency=entry.currency),
            Figure(label="Worth", value=entry.amount, currency=entry.currency, explain=why),
        ]

    def actions(self) -> list[Action]:
        entry = self.record
        if not guards.reachable({entry.staff_id}, by=self.request.user):
            return []
        found = [] if entry.is_locked else self.open_actions()
        if entry.is_running or entry.staff_id == self.request.user.pk:
            return found
        return [*found, *self.decisions()]

    def step(self, name: str, label: str, icon: str, **options) -> Action:
        url = reverse(f"time-{name}", args=[self.record.pk])
        return Action(label=label, url=url, icon=icon, level="update", **options)

    def open_actions(self) -> list[Action]:
        entry = self.record
        found = [
            self.step("edit", "Change", "pencil", dialog=True, key="e"),
            self.step(
                "delete",
                "Delete",
                "trash-2",
                post=True,
                menu=True,
                danger=True,
                confirm="Delete this time?",
            ),
        ]
        is_draft = entry.status == TimeStatus.DRAFT and not entry.is_running
        if is_draft and entry.submitted_at is None:
            is_own = entry.staff_id == self.request.user.pk
            found.append(self.step("submit", "Hand in", "send", post=True, primary=is_own))
        return found

    def decisions(self) -> list[Action]:
        if self.record.status == TimeStatus.DRAFT:
            return [
                self.step("reject", "Send back", "corner-up-left", dialog=True),
                self.step("approve", "Approve", "check", post=True, primary=True),
            ]
        if self.record.status == TimeStatus.APPROVED:
            billed = "It is on an invoice." if self.record.invoice_line_id else ""
            return [self.step("unapprove", "Take approval back", "undo-2", post=True, off=billed)]
        return []

"""All time in one list: filters, totals, export, bulk steps."""

from django.db.models import Q
from django.urls import reverse
from django.utils.html import format_html

from agency.ui import formats
from agency.ui.views import BulkAction, Column, FilteredListView, Tab
from crm.timesheets import operations
from crm.timesheets.filters import TimeEntryFilter
from crm.timesheets.forms import ReasonForm
from crm.timesheets.models import TimeEntry
from crm.timesheets.pills import state_of, state_pill
from crm.timesheets.states import TimeStatus
from crm.timesheets.work import Work

DRAFT = Q(status=TimeStatus.DRAFT)
APPROVED = Q(status=TimeStatus.APPROVED)


def is_draft(entry: TimeEntry) -> bool:
    return entry.status == TimeStatus.DRAFT and not entry.is_running


def is_fresh(entry: TimeEntry) -> bool:
    return is_draft(entry) and entry.submitted_at is None


def work_cell(entry: TimeEntry):
    work = Work.of(entry)
    words = f" · {entry.description}" if entry.description else ""
    return format_html(
        '<a class="id" href="{}">{}</a><span class="muted">{}</span>',
        entry.get_absolute_url(),
        work.label,
        words,
    )


def rate_cell(entry: TimeEntry):
    return formats.quantity(entry.rate) if entry.is_billable else formats.DASH


class TimeListView(FilteredListView):
    """The entries of everybody in one's scope."""

    tool, title, noun, sort = "time", "All entries", "entries", "-date"
    template_name = "crm/timesheets/list.html"
    crumbs = [("Deliver", ""), ("Time", "time-week")]
    queryset = TimeEntry.objects.listing()
    filterset_class = TimeEntryFilter
    filters = [
        "user_id",
        "company_id",
        "project_id",
        "budget_id",
        "date_from",
        "date_to",
        "week_of",
        "billable",
        "invoiced",
    ]
    columns = [
        Column(name="date", label="Date", kind="date", sort="date", phone="sub", fixed=True),
        Column(
            name="person",
            label="Person",
            value="staff",
            kind="person",
            sort=("staff__first_name", "staff__last_name"),
            phone="sub",
        ),
        Column(
            name="customer",
            label="Customer",
            value="customer.name",
            sort="customer__name",
            css="nw",
        ),
        Column(
            name="work",
            label="Work",
            draw=work_cell,
            value=lambda entry: Work.of(entry).label,
            phone="title",
            clip=True,
        ),
        Column(name="description", label="Description", shown=False),
        Column(name="project", label="Project", value="project.name", shown=False),
        Column(name="budget", label="Budget", value="budget.name", shown=False),
        Column(
            name="state",
            label="State",
            draw=state_pill,
            export=lambda entry: state_of(entry)[0],
            value="status",
            sort="status",
            phone="state",
        ),
        Column(name="is_billable", label="Billable", kind="bool", shown=False),
        Column(
            name="minutes", label="Hours", kind="hours", sort="minutes", total=True, phone="value"
        ),
        Column(name="rate", label="Rate", kind="number", draw=rate_cell, sort="rate"),
        Column(name="amount", label="Worth", kind="money", sort="amount", total=True),
    ]
    tabs = [
        Tab("all", "All"),
        Tab("open", "Open", DRAFT & Q(submitted_at=None)),
        Tab("submitted", "Handed in", DRAFT & Q(submitted_at__isnull=False)),
        Tab("rejected", "Sent back", Q(status=TimeStatus.REJECTED), tone="bad"),
        Tab("approved", "Approved", APPROVED),
        Tab("uninvoiced", "To invoice", APPROVED & Q(is_billable=True, invoice_line=None)),
        Tab("invoiced", "Invoiced", Q(invoice_line__isnull=False)),
    ]
    bulk_actions = [
        BulkAction(
            key="submit",
            label="Hand in",
            icon="send",
            run=operations.submit,
            together=operations.submit,
            done="handed in",
            allows=is_fresh,
        ),
        BulkAction(
            key="reject",
            label="Send back",
            icon="corner-up-left",
            run=operations.reject,
            together=operations.reject_all,
            form_class=ReasonForm,
            done="sent back",
            allows=is_draft,
            danger=True,
        ),
        BulkAction(
            key="approve",
            label="Approve",
            run=operations.approve,
            together=operations.approve,
            done="approved",
            allows=is_draft,
            primary=True,
        ),
    ]
    create_url, create_label, create_dialog = "time-new", "Log time", True
    empty_icon, empty_title = "clock", "No time yet"
    empty_text = "Time that you and your teams log appears here."

    def get_crumbs(self):
        return [("Deliver", ""), ("Time", reverse("time-week"))]

"""The sync log: every call to Xero, and how far each document is on its way there."""

from django.db.models import Q
from django.urls import reverse
from django.utils.html import format_html

from agency.ui import formats, icons
from agency.ui.views import BulkAction, Column, FilteredListView, Tab
from billing.bookkeeping import retrying
from billing.bookkeeping.filters import CallFilter, PostingFilter
from billing.bookkeeping.models import Posting
from billing.xero.models import Call

State = Posting.State
PILLS = {
    State.PENDING: ("Waiting for Xero", "clock", ""),
    State.SENDING: ("Being sent", "loader-circle", "info"),
    State.SENT: ("Being checked", "loader-circle", "info"),
    State.DONE: ("In Xero", "circle-check", "good"),
    State.ATTENTION: ("Needs attention", "circle-alert", "bad"),
    State.WITHDRAWN: ("Taken out of Xero", "ban", "void"),
}
REFUSED = Q(status__gte=400)
SILENT = Q(finished_at__isnull=False, status=None)


def result_of(call: Call):
    if call.finished_at is None:
        return icons.pill("No answer yet", "loader-circle", "info")
    if call.status is None:
        return icons.pill("No answer", "circle-alert", "bad")
    tone = "bad" if call.status >= 400 else "good"
    return icons.pill(str(call.status), "circle-alert" if tone == "bad" else "circle-check", tone)


def seconds_of(call: Call) -> str:
    if call.finished_at is None:
        return formats.DASH
    return f"{(call.finished_at - call.started_at).total_seconds():.1f} s"


def words_of(row):
    return row.message or formats.DASH


def document_of(posting: Posting):
    words = f"{posting.get_kind_display()} {posting.record_id}"
    if posting.kind != Posting.Kind.INVOICE:
        return words
    path = reverse("invoice-page", args=[posting.record_id])
    return format_html('<a class="id" href="{}">{}</a>', path, words)


def state_of(posting: Posting):
    return icons.pill(*PILLS[State(posting.state)])


class CallList(FilteredListView):
    """What was asked of Xero, when, and what it said; neither body nor token is kept."""

    tool, level, title, noun = "settings", "manage", "Calls to Xero", "calls"
    crumbs = [("Settings", "settings")]
    queryset = Call.objects.all()
    filterset_class = CallFilter
    filters = ["method", "called_from", "called_to"]
    sort = "-started"
    empty_icon, empty_title = "arrow-right-left", "Nothing was asked of Xero yet"
    empty_text = "Every call is listed here with Xero's own words where it refused one."
    tabs = [
        Tab("all", "All"),
        Tab("refused", "Refused", REFUSED, "bad"),
        Tab("silent", "Without an answer", SILENT, "bad"),
    ]
    columns = [
        Column(
            name="what", label="What", value="what", detail="method", fixed=True, clip=True,
            phone="title",
        ),
        Column(name="status", label="Answer", draw=result_of, value="status", phone="state"),
        Column(
            name="started", label="Started", value="started_at", kind="moment", sort="pk",
            phone="sub",
        ),
        Column(name="took", label="Took", value=seconds_of),
        Column(name="message", label="Xero's words", draw=words_of, value="message", css="words"),
        Column(name="request_id", label="Request", value="request_id", css="nw"),
    ]  # fmt: skip


class PostingList(FilteredListView):
    """How far each document of ours is on its way into Xero."""

    tool, level, title, noun = "invoices", "view", "Sync log", "documents"
    crumbs = [("Money", "")]
    queryset = Posting.objects.all()
    filterset_class = PostingFilter
    filters = ["kind"]
    sort = "-updated"
    empty_icon, empty_title = "cloud-upload", "Nothing has gone to Xero yet"
    empty_text = "Invoices, payments and credit notes that go to Xero are listed here."
    tabs = [
        Tab("all", "All"),
        Tab("attention", "Need attention", Q(state=State.ATTENTION), "bad"),
        Tab("open", "On the way", Q(state__in=[State.PENDING, State.SENDING, State.SENT])),
        Tab("done", "In Xero", Q(state=State.DONE)),
        Tab("withdrawn", "Taken out", Q(state=State.WITHDRAWN)),
    ]
    columns = [
        Column(
            name="document", label="Document", draw=document_of, value="get_kind_display",
            fixed=True, phone="title",
        ),
        Column(name="state", label="State", draw=state_of, value="state", phone="state"),
        Column(
            name="updated", label="Last step", value="updated_at", kind="moment",
            sort="updated_at", phone="sub",
        ),
        Column(name="message", label="Message", draw=words_of, value="message", css="words"),
        Column(name="xero_id", label="Id in Xero", value="xero_id", css="nw"),
        Column(name="request_id", label="Request", value="request_id", css="nw", shown=False),
    ]  # fmt: skip
    bulk_actions = [
        BulkAction(
            key="retry",
            label="Retry",
            icon="rotate-cw",
            run=retrying.retry,
            done="tried again",
            allows=retrying.can_retry,
        )
    ]

"""The bell in the top bar, and the page with all that one was told."""

from django.db.models import Q
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.html import format_html
from django.views.generic import TemplateView, View

from agency.records.notices import operations as notices
from agency.records.notices.models import Notice
from agency.ui import icons
from agency.ui.pages import ToolPage, done
from agency.ui.views import Action, BulkAction, Column, FilteredListView, Tab

Kind = Notice.Kind
NEWEST = 8  # lines under the bell
MOST = 99  # unread lines that are counted one by one
ICONS = {
    Kind.MENTION: ("at-sign", ""),
    Kind.TASK: ("list-checks", ""),
    Kind.APPROVED: ("circle-check", "good"),
    Kind.REJECTED: ("undo-2", "bad"),
    Kind.WAITING: ("clock", ""),
    Kind.BUDGET: ("gauge", "warn"),
    Kind.DELIVERY: ("mail-warning", "bad"),
    Kind.WORK: ("loader-circle", ""),
}


def icon_of(notice: Notice):
    return icons.icon(*ICONS[Kind(notice.kind)])


def line_of(notice: Notice):
    """The words as a link; opening it marks the line as read on the way."""
    return format_html(
        '{} <a class="{}" href="{}" hx-post="{}">{}</a>',
        icon_of(notice),
        "" if notice.read_at else "id",
        notice.path or reverse("notice-list"),
        reverse("notice-open", args=[notice.pk]),
        notice.text,
    )


class Bell(ToolPage, TemplateView):
    """How many lines are unread, and the newest ones."""

    tool = ""
    title = "Notifications"
    template_name = "records/notices/bell.html"

    def get_context_data(self, **context):
        mine = Notice.objects.visible_to(self.request.user)
        unread = mine.unread()[: MOST + 1].count()
        shown = [(notice, icon_of(notice)) for notice in mine[:NEWEST]]
        count = f"{MOST}+" if unread > MOST else unread
        return super().get_context_data(unread=count, notices=shown, **context)


class NoticeList(FilteredListView):
    """All that one was told, the newest first."""

    tool, title, noun, sort = "", "Notifications", "notifications", "-told"
    queryset = Notice.objects
    empty_icon, empty_title = "bell", "Nothing for you yet"
    empty_text = "Mentions, tasks given to you, decisions on time and alerts are told here."
    actions = [Action(label="Mark all as read", url="/notices/read", icon="check-check", post=True)]
    tabs = [
        Tab("all", "All"),
        Tab("unread", "Unread", Q(read_at=None)),
    ]
    columns = [
        Column(
            name="text",
            label="What",
            draw=line_of,
            value="text",
            fixed=True,
            clip=True,
            phone="title",
        ),
        Column(name="kind", label="About", value="get_kind_display", sort="kind", phone="sub"),
        Column(
            name="told", label="When", value="told_at", kind="moment", sort="told_at", phone="value"
        ),
    ]
    bulk_actions = [
        BulkAction(
            key="read",
            label="Mark as read",
            icon="check",
            run=notices.read,
            level="view",
            done="marked as read",
            allows=lambda notice: notice.read_at is None,
        )
    ]


class OpenNotice(ToolPage, View):
    """Marks a line of one's own as read and goes to what it is about."""

    tool = ""

    def post(self, request, pk: int):
        notice = get_object_or_404(Notice.objects.visible_to(request.user), pk=pk)
        notices.read(notice, by=request.user)
        return done(request, url=notice.path or reverse("notice-list"))


class ReadAll(ToolPage, View):
    tool = ""

    def post(self, request):
        notices.read_all(by=request.user)
        return done(request, url=reverse("notice-list"))

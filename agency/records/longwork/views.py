"""One's own long work: the list, a page with the progress of each, its file and its refusals."""

from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.html import format_html
from django.views.generic import View

from agency.records.files.serving import as_attachment
from agency.records.longwork import operations
from agency.records.longwork.models import LongWork
from agency.ui import export, icons
from agency.ui.records import OneRecord
from agency.ui.views import Action, Column, FilteredListView, RecordStepView, RecordView, Tab

State = LongWork.State
SHOWN = 100  # refusals on the page; all are in the file
PILLS = {
    State.WAITING: ("Waiting", "clock", ""),
    State.RUNNING: ("Running", "loader-circle", "info"),
    State.DONE: ("Finished", "circle-check", "good"),
    State.STOPPED: ("Stopped", "ban", "void"),
    State.FAILED: ("Broken off", "circle-alert", "bad"),
}
OPEN = Q(state__in=[State.WAITING, State.RUNNING])


def pill_of(work: LongWork):
    return icons.pill(*PILLS[State(work.state)])


def title_of(work: LongWork):
    return format_html('<a class="id" href="{}">{}</a>', work.get_absolute_url(), work.title)


def bar_of(work: LongWork):
    return format_html(
        '<svg class="bar l" role="progressbar" aria-label="Progress" aria-valuemin="0"'
        ' aria-valuemax="100" aria-valuenow="{}" preserveAspectRatio="none">'
        '<rect class="f1" width="{}%" height="100%"/></svg>',
        work.percent,
        work.percent,
    )


class LongWorkList(FilteredListView):
    """What runs for oneself and what is over, the newest first."""

    tool, title, noun, sort = "", "Background work", "jobs", "-asked"
    queryset = LongWork.objects
    empty_icon, empty_title = "loader-circle", "Nothing runs for you"
    empty_text = "Steps for many rows and long exports are worked through here."
    tabs = [
        Tab("all", "All"),
        Tab("open", "Running", OPEN),
        Tab("over", "Over", ~OPEN),
        Tab("refused", "With refusals", Q(refused__gt=0) | Q(state=State.FAILED), "bad"),
    ]
    columns = [
        Column(
            name="title",
            label="What",
            draw=title_of,
            value="title",
            fixed=True,
            clip=True,
            phone="title",
        ),
        Column(name="state", label="State", draw=pill_of, value="state", phone="state"),
        Column(name="progress", label="Progress", draw=bar_of, value="percent"),
        Column(name="done", label="Done", kind="number", sort="done", phone="value"),
        Column(name="refused", label="Refused", kind="number", sort="refused"),
        Column(name="total", label="Of", kind="number", sort="total"),
        Column(
            name="asked",
            label="Asked for",
            value="asked_at",
            kind="moment",
            sort="pk",
            phone="sub",
        ),
        Column(name="finished", label="Over", value="finished_at", kind="moment", shown=False),
    ]


class LongWorkPage(RecordView):
    """How far one's work is, and in the end what became of it. The bar asks again by itself."""

    tool, subject, name = "", "", "work"
    queryset = LongWork.objects
    template_name = "records/longwork/page.html"
    list_url, list_label = "longwork-list", "Background work"

    @property
    def is_progress(self) -> bool:
        return self.request.GET.get("part") == "progress"

    def get_template_names(self):
        return ["records/longwork/_progress.html" if self.is_progress else self.template_name]

    def get(self, request, *args, **kwargs):
        if self.is_progress and self.record.is_over:
            return HttpResponse(headers={"HX-Refresh": "true"})
        return super().get(request, *args, **kwargs)

    def actions(self) -> list[Action]:
        pk = self.record.pk
        if not self.record.is_over:
            path, ask = reverse("longwork-stop", args=[pk]), "What is done stays done."
            return [Action(label="Stop", url=path, icon="ban", post=True, confirm=ask, danger=True)]
        if self.record.has_file:
            path = reverse("longwork-file", args=[pk])
            return [Action(label="Download", url=path, icon="download", primary=True)]
        return []

    def get_context_data(self, **context):
        refusals = [] if self.is_progress else self.record.refusals.all()[:SHOWN]
        return super().get_context_data(
            pill=pill_of(self.record),
            bar=bar_of(self.record),
            refusals=refusals,
            word=self.record.facts.get("done", "done"),
            more=max(0, self.record.refused - SHOWN),
            **context,
        )


class OneOfMine(OneRecord, View):
    tool = ""
    queryset = LongWork.objects


class ResultFile(OneOfMine):
    """The file, for whoever asked for it, while it is kept and they may still see such rows."""

    def get(self, request, pk: int):
        work = self.record
        if not work.has_file:
            raise Http404
        if work.permission and not request.user.has_perm(work.permission):
            raise PermissionDenied
        return as_attachment(work.file, work.file_name, work.content_type)


class Refused(OneOfMine):
    """All that was refused, as a file."""

    columns = [Column(name="label", label="Row"), Column(name="reason", label="Why")]

    def get(self, request, pk: int):
        return export.as_csv("refused", self.columns, export.each(self.record.refusals.all()))


class Stop(RecordStepView):
    """Leaves the rest undone."""

    tool, level = "", "view"
    queryset = LongWork.objects
    title, submit_label, danger = "Stop this work?", "Stop", True
    question = "What is done stays done; the rest is left as it is."
    success_message = "Stopped."

    def perform(self):
        return operations.stop(self.record, by=self.request.user)

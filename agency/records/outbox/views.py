"""Deliveries: what went out, what waits, and what only a person can help."""

from django.db.models import Q
from django.urls import reverse
from django.utils.html import format_html

from agency.records import history, subjects
from agency.records.activity import feed
from agency.records.outbox import operations as outbox
from agency.records.outbox.filters import EffectFilter
from agency.records.outbox.models import Effect
from agency.ui import formats, icons
from agency.ui.views import (
    Action,
    BulkAction,
    Column,
    FilteredListView,
    RecordStepView,
    RecordView,
    Tab,
)

State = Effect.State
PILLS = {
    State.WAITING: ("Waiting", "clock", ""),
    State.RUNNING: ("On its way", "loader-circle", "info"),
    State.DONE: ("Done", "circle-check", "good"),
    State.DEAD: ("Needs attention", "circle-alert", "bad"),
    State.CANCELLED: ("Cancelled", "ban", "void"),
}
STOPPED = {State.DEAD, State.CANCELLED}
OPEN = {State.DEAD, State.WAITING}


def pill_of(effect: Effect):
    return icons.pill(*PILLS[State(effect.state)])


def title_of(effect: Effect):
    return format_html(
        '<a class="id" href="{}">{}</a>', effect.get_absolute_url(), effect.described
    )


def error_of(effect: Effect):
    return effect.last_error or formats.DASH


class EffectList(FilteredListView):
    """All deliveries; those that need attention first in the tabs."""

    tool, level, title, noun = "settings", "manage", "Deliveries", "deliveries"
    crumbs = [("Settings", "settings")]
    queryset = Effect.objects.select_related("requested_by")
    filterset_class = EffectFilter
    filters = ["kind", "asked_from", "asked_to"]
    sort = "-asked"
    empty_icon, empty_title = "mail-check", "Nothing has been sent yet"
    empty_text = "Mail and everything else that leaves the house is listed here."
    tabs = [
        Tab("all", "All"),
        Tab("dead", "Need attention", Q(state=State.DEAD), tone="bad"),
        Tab("waiting", "Waiting", Q(state__in=[State.WAITING, State.RUNNING])),
        Tab("done", "Done", Q(state=State.DONE)),
        Tab("cancelled", "Cancelled", Q(state=State.CANCELLED)),
    ]
    columns = [
        Column(
            name="what",
            label="What",
            draw=title_of,
            value="described",
            fixed=True,
            clip=True,
            phone="title",
        ),
        Column(name="kind", label="Kind", sort="kind", shown=False),
        Column(name="state", label="State", draw=pill_of, value="state", phone="state"),
        Column(
            name="asked",
            label="Asked for",
            value="created_at",
            kind="moment",
            sort="created_at",
            phone="sub",
        ),
        Column(name="by", label="By", value="requested_by", kind="person", shown=False),
        Column(name="attempts", label="Attempts", kind="number", sort="attempts", shown=False),
        Column(
            name="due", label="Next attempt", value="next_attempt_at", kind="moment", shown=False
        ),
        Column(name="error", label="Last error", draw=error_of, value="last_error", clip=True),
    ]
    bulk_actions = [
        BulkAction(
            key="retry",
            label="Retry",
            icon="rotate-cw",
            run=outbox.retry,
            level="manage",
            done="tried again",
            allows=lambda effect: effect.state in STOPPED,
        ),
        BulkAction(
            key="cancel",
            label="Cancel",
            icon="ban",
            run=outbox.cancel,
            level="manage",
            done="cancelled",
            danger=True,
            confirm="The chosen deliveries will not be tried again.",
            allows=lambda effect: effect.state in OPEN,
        ),
    ]


class EffectPage(RecordView):
    """One delivery: what it is, how its attempts went, what can be done."""

    tool, level, subject, name = "settings", "manage", "", "effect"
    queryset = Effect.objects.select_related("requested_by")
    template_name = "records/outbox/effect.html"
    list_url, list_label = "effect-list", "Deliveries"

    def get_title(self) -> str:
        return self.record.described

    def actions(self) -> list[Action]:
        found, pk = [], self.record.pk
        if self.record.state in OPEN:
            found.append(
                Action(
                    label="Cancel",
                    url=reverse("effect-cancel", args=[pk]),
                    icon="ban",
                    level="manage",
                    post=True,
                    danger=True,
                    confirm="It will not be tried again.",
                )
            )
        if self.record.state in STOPPED:
            found.append(
                Action(
                    label="Retry",
                    url=reverse("effect-retry", args=[pk]),
                    icon="rotate-cw",
                    level="manage",
                    post=True,
                    primary=True,
                )
            )
        return found

    def get_context_data(self, **context):
        effect = self.record
        about = _about(effect)
        return super().get_context_data(
            pill=pill_of(effect),
            about=about,
            about_path=subjects.path_of(about) if about else "",
            events=[_told(event) for event in history.history_of(effect)],
            facts=_facts(effect.payload),
            **context,
        )


class Retry(RecordStepView):
    tool, level = "settings", "manage"
    queryset = Effect.objects
    title, submit_label = "Try it again?", "Retry"
    question = "It is tried at once, with all its attempts."
    success_message = "It is on its way."

    def perform(self):
        return outbox.retry(self.record, by=self.request.user)


class Cancel(RecordStepView):
    tool, level = "settings", "manage"
    queryset = Effect.objects
    title, submit_label, danger = "Cancel this delivery?", "Cancel it", True
    question = "It will not be tried again."
    success_message = "Cancelled."

    def perform(self):
        return outbox.cancel(self.record, by=self.request.user)


def _about(effect: Effect):
    model = subjects.model_of(effect.subject_type) if effect.subject_type else None
    return model.objects.filter(pk=effect.subject_id).first() if model else None


def _told(event) -> dict:
    item = feed.step(event)
    return {"icon": item.icon, "tone": item.tone, "by": item.by, "text": item.text, "at": item.at}


def _facts(payload: dict) -> list[tuple[str, str]]:
    """What a person may read of a payload: plain values, not the text of a mail."""
    private = {"text", "link"}
    facts = []
    for name, value in payload.items():
        if name in private or value in ("", None, [], {}):
            continue
        parts = value if isinstance(value, list) else [value]
        facts.append((name.replace("_", " ").capitalize(), ", ".join(_plain(one) for one in parts)))
    return facts


def _plain(value) -> str:
    if isinstance(value, dict):
        return " ".join(str(one) for one in value.values())
    return str(value)

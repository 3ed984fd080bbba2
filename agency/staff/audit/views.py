"""The audit log: the history of everything, newest first."""

from django.utils.html import format_html, format_html_join

from agency.records import subjects
from agency.records.events import words
from agency.records.models import Event
from agency.staff.audit.filters import EventFilter
from agency.ui.formats import DASH
from agency.ui.views import Column, FilteredListView

MOST_CHANGES = 4


def record_of(event: Event):
    """The record by its name, linked where it has a page."""
    label = event.subject_label or words.thing(event)
    model = subjects.model_of(event.subject_type)
    if model is None or not hasattr(model, "get_absolute_url"):
        return label
    return format_html('<a href="{}">{}</a>', model(pk=event.subject_id).get_absolute_url(), label)


def person_of(event: Event):
    return event.by or format_html('<span class="muted">{}</span>', "the system")


def what(event: Event):
    return words.sentence(event)


def changes(event: Event):
    """What it was and what it became, the first few fields."""
    found = words.changes(event)
    if not found:
        return DASH
    parts = ((one["label"], one["before"], one["after"] or "–") for one in found[:MOST_CHANGES])
    rows = format_html_join("", "<li>{}: <s>{}</s> {}</li>", parts)
    more = len(found) - MOST_CHANGES
    tail = format_html("<li>and {} more</li>", more) if more > 0 else ""
    return format_html('<ul class="changes">{}{}</ul>', rows, tail)


def changed_words(event: Event) -> str:
    return "; ".join(
        f"{one['label']}: {one['before']} → {one['after']}" for one in words.changes(event)
    )


class AuditLog(FilteredListView):
    """For those who manage the settings: it names every record, whoever sees it."""

    tool, level, title, noun, sort = "settings", "manage", "Audit log", "steps", "-at"
    crumbs = [("Settings", "settings")]
    queryset = Event.objects.select_related("by")
    filterset_class = EventFilter
    empty_icon, empty_title = "scroll-text", "Nothing has happened yet"
    empty_text = "Every change is noted here with who made it, and can never be altered."
    columns = [
        Column(
            name="at",
            label="When",
            value="happened_at",
            kind="moment",
            sort="happened_at",
            phone="value",
            fixed=True,
        ),
        Column(
            name="by",
            label="Who",
            draw=person_of,
            value=lambda one: str(one.by or ""),
            phone="title",
            css="nw",
        ),
        Column(name="what", label="Did", draw=what, value="verb", sort="verb", phone="title"),
        Column(
            name="record",
            label="Record",
            draw=record_of,
            value="subject_label",
            phone="sub",
        ),
        Column(name="changes", label="Changes", draw=changes, value=changed_words, clip=False),
        Column(name="through", label="Through", sort="through"),
    ]

    def get_queryset(self):
        return self.queryset.all()

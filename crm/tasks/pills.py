"""How a task is drawn."""

from django.utils.html import format_html
from django.utils.safestring import SafeString

from agency.reference import organisation
from agency.ui import formats, icons
from crm.tasks.models import Task
from crm.tasks.states import TaskPriority, TaskStatus

STATUSES = {
    TaskStatus.NOT_STARTED: ("Not started", "circle-dashed", ""),
    TaskStatus.IN_PROGRESS: ("In progress", "circle-dot", "info"),
    TaskStatus.AWAITING_FEEDBACK: ("Awaiting feedback", "message-circle", "warn"),
    TaskStatus.TESTING: ("Testing", "flask-conical", "line"),
    TaskStatus.COMPLETE: ("Complete", "circle-check", "good"),
}
PRIORITIES = {
    TaskPriority.LOW: ("Low", "chevron-down", ""),
    TaskPriority.MEDIUM: ("Medium", "equal", ""),
    TaskPriority.HIGH: ("High", "chevron-up", "warn"),
    TaskPriority.URGENT: ("Urgent", "chevrons-up", "bad"),
}


def status_pill(task: Task) -> SafeString:
    return icons.pill(*STATUSES[TaskStatus(task.status)])


def priority_mark(task: Task) -> SafeString:
    """The priority as glyph and word, in its colour."""
    label, glyph, tone = PRIORITIES[TaskPriority(task.priority)]
    return format_html('<span class="xs {}">{}{}</span>', tone, icons.icon(glyph), label)


def is_late(task: Task) -> bool:
    """Open past its day."""
    is_open = task.status != TaskStatus.COMPLETE
    return bool(is_open and task.due_on and task.due_on < organisation.today())


def due_of(task: Task) -> SafeString | str:
    """The day it is due: red once past, plain words for today and tomorrow."""
    if task.due_on is None:
        return formats.DASH
    days = (task.due_on - organisation.today()).days
    words = {0: "Today", 1: "Tomorrow", -1: "Yesterday"}.get(days, formats.day(task.due_on))
    if is_late(task):
        return format_html('<span class="bad nw">{}</span>', words)
    return format_html('<span class="nw{}">{}</span>', " warn" if days == 0 else "", words)


def place_of(task: Task) -> SafeString:
    """The project, else the customer, that a task belongs to."""
    place = task.project or task.customer
    if place is None:
        return formats.DASH
    return format_html('<a class="soft" href="{}">{}</a>', place.get_absolute_url(), place)


def hours_of(task: Task) -> SafeString | str:
    """Logged hours, against the estimate where there is one."""
    if not task.estimated_minutes:
        return formats.clock(task.logged_minutes) if task.logged_minutes else formats.DASH
    tone = "bad" if task.logged_minutes > task.estimated_minutes else ""
    return format_html(
        '<span class="{}">{}</span> <span class="muted">of {}</span>',
        tone,
        formats.clock(task.logged_minutes),
        formats.clock(task.estimated_minutes),
    )

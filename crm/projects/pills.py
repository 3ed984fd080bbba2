"""How a project is drawn."""

from django.utils.html import format_html
from django.utils.safestring import SafeString

from agency.reference import organisation
from agency.ui import formats, icons
from crm.projects.models import Project
from crm.projects.states import CLOSED, ProjectStatus

STATUSES = {
    ProjectStatus.NOT_STARTED: ("Not started", "circle-dashed", ""),
    ProjectStatus.IN_PROGRESS: ("In progress", "circle-dot", "info"),
    ProjectStatus.ON_HOLD: ("On hold", "circle-pause", "warn"),
    ProjectStatus.FINISHED: ("Finished", "circle-check", "good"),
    ProjectStatus.CANCELLED: ("Cancelled", "ban", "void"),
}


def status_pill(project: Project) -> SafeString:
    if project.archived_at:
        return icons.pill("Archived", "archive", "void")
    return icons.pill(*STATUSES[ProjectStatus(project.status)])


def is_late(project: Project) -> bool:
    """Open past its deadline."""
    still_open = project.status not in CLOSED and not project.archived_at
    return bool(still_open and project.deadline_on and project.deadline_on < organisation.today())


def deadline_of(project: Project) -> SafeString | str:
    if project.deadline_on is None:
        return formats.DASH
    if is_late(project):
        return format_html('<span class="bad">{}</span>', formats.day(project.deadline_on))
    return formats.day(project.deadline_on)


def company_of(project: Project) -> SafeString:
    if project.customer is None:
        return format_html('<span class="muted">{}</span>', "Our own")
    url = project.customer.get_absolute_url()
    return format_html('<a class="soft" href="{}">{}</a>', url, project.customer)


def tasks_of(project: Project) -> SafeString:
    """Complete tasks of all, such as 3 of 7."""
    if not project.task_count:
        return formats.DASH
    done = project.task_count - project.open_task_count
    return format_html('{} <span class="muted">of {}</span>', done, project.task_count)

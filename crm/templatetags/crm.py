"""Filters that draw tasks and projects: {% load crm %}."""

from django import template

from crm import teams
from crm.projects import pills as projects
from crm.tasks import pills

register = template.Library()

register.filter("due", pills.due_of)
register.filter("priority", pills.priority_mark)
register.filter("hours", pills.hours_of)
register.filter("faces", teams.faces)
register.filter("task_state", pills.status_pill)
register.filter("project_state", projects.status_pill)
register.filter("tasks_done", projects.tasks_of)
register.filter("deadline", projects.deadline_of)

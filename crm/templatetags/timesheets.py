"""How the pages of time write weeks, differences and states: {% load timesheets %}."""

from datetime import date, datetime

from django import template

from agency.ui import formats, icons
from crm.timesheets.models import TimeEntry
from crm.timesheets.pills import DAY_STATES, state_pill
from crm.timesheets.sheet import minutes_so_far
from crm.timesheets.words import span
from crm.timesheets.work import Work

register = template.Library()
register.filter("state", state_pill)


@register.filter("span")
def written_span(first: date, last: date) -> str:
    """A week in words: 16 – 22 November."""
    return span(first, last)


@register.filter
def work_of(entry: TimeEntry) -> Work:
    """What an entry is logged on, in words."""
    return Work.of(entry)


@register.filter
def so_far(entry: TimeEntry, now: datetime) -> int:
    """The minutes of an entry, of a running timer those until now."""
    return minutes_so_far(entry, now)


@register.filter
def against(minutes: int | None) -> str:
    """Minutes above or below a goal: +0:09, −4:31."""
    if minutes is None:
        return ""
    return f"+{formats.clock(minutes)}" if minutes >= 0 else formats.clock(minutes)


@register.filter
def day_state(state: str):
    """How far the approval of a day or a week is, as a pill."""
    return icons.pill(*DAY_STATES[state]) if state else ""

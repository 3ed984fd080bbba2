"""Tags for pages that show a record: {% load records %}."""

from django import template
from django.urls import reverse
from django.utils.safestring import mark_safe

from agency.records import subjects

register = template.Library()


@register.inclusion_tag("ui/_panel_slot.html")
def activity(record):
    """The stream of what happened to a record and what was said, loaded beside the page."""
    name = subjects.name_of(record)
    return {
        "key": "activity",
        "label": "Activity",
        "url": reverse(f"activity-{name}", args=[record.pk]),
    }


@register.filter
def cleaned(body):
    """The body of a note or comment, which was cleaned when it was written."""
    return mark_safe(body)  # noqa: S308 nh3 has cleaned it on write

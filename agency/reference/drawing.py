"""Cells that the lists of the settings share."""

from django.urls import reverse
from django.utils.html import format_html

from agency.ui.icons import pill


def dialog_link(route: str, text: str = "name"):
    """Draw a cell that opens the record's form in the dialog; plain text where one may not edit."""

    def draw(row):
        label = getattr(row, text)
        if not getattr(row, "is_editable", True):
            return format_html('<span class="fw">{}</span>', label)
        return format_html(
            '<a class="id" href="{}" data-dialog>{}</a>', reverse(route, args=[row.pk]), label
        )

    return draw


def use_pill(row):
    """Whether a record is in use."""
    if row.is_active:
        return pill("In use", "circle-check", "good")
    return pill("Not in use", "circle-slash")

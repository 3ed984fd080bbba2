"""What the lists of the settings share: a first cell that opens the form, the pill of use."""

from dataclasses import replace
from functools import partial

from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from agency.ui.icons import pill
from agency.ui.views import Column, FilteredListView


class SettingsList(FilteredListView):
    """A list whose first cell opens the record's form, for those who may change the record."""

    edit_url = ""
    edit_level = "update"

    def get_columns(self) -> list[Column]:
        first, *others = super().get_columns()
        if not self.may(self.edit_level):
            return [first, *others]
        return [replace(first, draw=partial(self.dialog_link, first)), *others]

    def dialog_link(self, column: Column, row) -> SafeString:
        path = reverse(self.edit_url, args=[row.pk])
        return format_html('<a class="id" href="{}" data-dialog>{}</a>', path, column.raw(row))


def use_pill(row):
    """Whether a record is in use."""
    if row.is_active:
        return pill("In use", "circle-check", "good")
    return pill("Not in use", "circle-slash")

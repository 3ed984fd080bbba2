"""The list of number series and the form of their patterns."""

from django import forms
from django.urls import reverse
from django.utils.html import format_html

from agency.reference.drawing import SettingsList
from agency.reference.numbering import operations, patterns
from agency.reference.numbering.models import NumberSeries
from agency.ui.forms import OfficeForm
from agency.ui.views import Column, RecordFormView

HINT = f"{patterns.HINT} Numbers that were given stay; none is given twice."


class SeriesForm(OfficeForm):
    name = forms.CharField(max_length=60)
    pattern = forms.CharField(max_length=40, validators=[patterns.usable], help_text=HINT)


def pattern(series: NumberSeries):
    return format_html("<code>{}</code>", series.pattern)


class SeriesList(SettingsList):
    tool, title, noun, sort = "settings", "Numbering", "series", ""
    crumbs = [("Settings", "settings")]
    edit_url = "number-series-edit"
    edit_level = "manage"
    queryset = NumberSeries.objects.prefetch_related("counters")
    columns = [
        Column(
            name="name",
            label="Documents",
            phone="title",
            fixed=True,
        ),
        Column(name="pattern", label="Pattern", draw=pattern, phone="sub"),
        Column(name="next", label="Next number", value=operations.upcoming, phone="value"),
    ]


class EditSeries(RecordFormView):
    tool, level, title, form_class = "settings", "manage", "Numbering", SeriesForm
    queryset = NumberSeries.objects
    crumbs = [("Settings", "settings"), ("Numbering", "number-series-list")]
    success_message = "“{result}” are numbered so from the next one on."

    def get_title(self) -> str:
        return f"Numbers of {self.record.name.lower()}"

    def perform(self, form):
        return operations.update(self.record, by=self.request.user, **form.cleaned_data)

    def success_url(self, result) -> str:
        return reverse("number-series-list")

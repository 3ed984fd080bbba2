"""One day of one person as a list: what, how long, in which state."""

from django.views.generic import TemplateView

from crm.timesheets.pages import TabbedPage
from crm.timesheets.timers import running_of


class DayView(TabbedPage, TemplateView):
    """The entries of a day with their words; start a timer on any of them."""

    template_name = "crm/timesheets/day.html"
    tab, route, step = "day", "time-day", 1

    def get_title(self) -> str:
        return f"{self.day:%A} {self.day.day} {self.day:%B}"

    def get_context_data(self, **context):
        days = self.sheet.days
        return super().get_context_data(
            sheet=self.sheet,
            shown_day=next((one for one in days if one.date == self.day), days[0]),
            running=running_of(self.request.user),
            new_url=self.url("time-new"),
            **context,
        )

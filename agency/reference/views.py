"""The front page of the settings."""

from django.views.generic import TemplateView

from agency.ui import areas
from agency.ui.views import ToolPage


class SettingsPage(ToolPage, TemplateView):
    """Everything that can be set, as far as this person may see it."""

    tool = ""
    title = "Settings"
    template_name = "settings/index.html"

    def get_context_data(self, **context):
        return super().get_context_data(groups=areas.grouped(self.request.user), **context)

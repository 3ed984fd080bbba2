"""The page that one sees after signing in, and the base of the panels that other apps put on it.

An app registers its panel in ``ready()``: ``panels.add("home", "receivables", "Receivables",
"home-receivables", permission="invoices:view", place="rail", order=30)``. ``place`` is ``top`` (a
strip of figures), ``main`` or ``rail``; the route takes no key and answers a ``HomePanelView``.
"""

from datetime import date

from django.utils import timezone
from django.views.generic import TemplateView

from agency.reference import organisation
from agency.ui import panels
from agency.ui.views import Action, ToolPage

NOON, EVENING = 12, 18


def greeting(now=None) -> str:
    """Good morning, afternoon or evening, by the clock of the person at the keyboard."""
    hour = timezone.localtime(now).hour
    if hour < NOON:
        return "Good morning"
    return "Good afternoon" if hour < EVENING else "Good evening"


def spelled(day: date) -> str:
    """A date in words: Friday 20 November."""
    return f"{day:%A} {day.day} {day:%B}"


class HomeView(ToolPage, TemplateView):
    """What waits for this person, and for owners how the agency stands."""

    tool = ""
    template_name = "crm/home/home.html"

    def get_title(self) -> str:
        return "Home"

    def get_context_data(self, **context):
        today = organisation.today()
        return super().get_context_data(
            day=spelled(today),
            greeting=greeting(),
            top=self.panels("top"),
            main=self.panels("main"),
            rail=self.panels("rail"),
            **context,
        )

    def panels(self, place: str) -> list[tuple]:
        found = panels.panels_for("home", self.request.user, place)
        return [(panel, panel.href()) for panel in found]


class HomePanelView(ToolPage, TemplateView):
    """A fragment of the home page; htmx asks for it after the page is there."""

    template_name = "crm/home/panel.html"
    more_url = ""  # where all of it is
    more_label = ""

    def actions(self) -> list[Action]:
        return []

    def get_context_data(self, **context):
        allowed = [action for action in self.actions() if self.may(action.level)]
        return super().get_context_data(view=self, buttons=allowed, **context)

"""The base of every record page, and of the panels that other apps put on it."""

from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.shortcuts import get_object_or_404
from django.views.generic import TemplateView

from agency.ui import panels
from agency.ui.pages import ToolPage, path_of, visible


@dataclass(frozen=True, kw_only=True)
class Action:
    """A button or menu line of a record.

    ``url`` is a path. ``post`` sends a POST (``confirm`` asks first, in one sentence); ``dialog``
    opens the form in a dialog. ``off`` greys a move that is not allowed and gives the reason.
    """

    label: str
    url: str = ""
    icon: str = ""
    level: str = "view"
    primary: bool = False
    menu: bool = False
    dialog: bool = False
    post: bool = False
    confirm: str = ""
    danger: bool = False
    off: str = ""
    key: str = ""
    new_tab: bool = False


@dataclass(frozen=True, kw_only=True)
class Figure:
    """One cell of the ruled strip; ``explain`` opens the arithmetic behind it."""

    label: str
    value: Any = None
    kind: str = "money"  # money, hours, number, percent, text
    currency: str = ""
    tone: str = ""
    note: str = ""
    note_tone: str = ""
    explain: "Explanation | None" = None


@dataclass(frozen=True)
class Explanation:
    """Why a figure is what it is: lines of (sign, words, value), the result, where to look.

    A line may end in a path: its words open the record behind it. ``more`` is (words, path) of
    all the rows that were added up.
    """

    title: str
    lines: list[tuple]
    result: Any
    currency: str = ""
    foot: str = ""
    label: str = "Total"
    more: tuple[str, str] | None = None


MOST = 10  # rows that an explanation names


def shortened(rows: list[tuple]) -> list[tuple]:
    """The first rows of an explanation, and the others as one."""
    if len(rows) <= MOST:
        return rows
    rest = sum(row[2] for row in rows[MOST - 1 :])
    return [*rows[: MOST - 1], ("+", f"{len(rows) - MOST + 1} others", rest)]


@dataclass(frozen=True)
class Step:
    """One step of a record's progress: state is done, now, late or empty."""

    label: str
    note: str = ""
    state: str = ""


@dataclass(frozen=True)
class TabLink:
    """A tab of the record page."""

    key: str
    label: str
    url: str
    is_current: bool
    count: int | None = None
    panel: panels.Panel | None = field(default=None)


class OneRecord(ToolPage):
    """Finds ``self.record`` by the URL's key among the rows that this person may see; else 404."""

    queryset: Any = None
    key_kwarg = "pk"
    name = "record"  # the record's name in the template

    def get_queryset(self):
        return visible(self.queryset, self.request.user)

    @cached_property
    def record(self):
        return get_object_or_404(self.get_queryset(), pk=self.kwargs[self.key_kwarg])

    def get_context_data(self, **context):
        return super().get_context_data(
            **{"record": self.record, self.name: self.record, **context}
        )


class RecordView(OneRecord, TemplateView):
    """A record's page: title, pills, actions, progress, figures, tabs and panels."""

    template_name = "ui/record.html"
    subject = ""  # whose panels: "customer"
    list_url = ""  # the crumb before this one
    list_label = ""

    def get_title(self) -> str:
        return str(self.record)

    def get_crumbs(self):
        back = [(self.list_label, path_of(self.list_url))] if self.list_url else []
        return [*super().get_crumbs(), *back]

    def actions(self) -> list[Action]:
        """The moves, the primary one last; those without the right are left out."""
        return []

    def figures(self) -> list[Figure]:
        return []

    def steps(self) -> list[Step]:
        return []

    def tabs(self) -> list[TabLink]:
        """Overview and one tab per panel of the subject."""
        found = panels.panels_for(self.subject, self.request.user, "tab")
        if not found:
            return []
        now = self.request.GET.get("tab", "")
        now = now if now in {panel.key for panel in found} else ""
        path = self.request.path
        links = [TabLink("", "Overview", path, not now)]
        for panel in found:
            count = panel.count(self.record, self.request.user) if panel.count else None
            url = f"{path}?tab={panel.key}"
            links.append(TabLink(panel.key, panel.label, url, now == panel.key, count, panel))
        return links

    def get_context_data(self, **context):
        user, tabs = self.request.user, self.tabs()
        open_tab = next((tab for tab in tabs if tab.is_current and tab.panel), None)
        actions = [action for action in self.actions() if self.may(action.level)]
        return super().get_context_data(
            view=self,
            tabs=tabs,
            open_tab=open_tab,
            panel_url=open_tab.panel.href(self.record) if open_tab else "",
            main_panels=self._panels("main", user),
            rail_panels=self._panels("rail", user),
            buttons=[action for action in actions if not action.menu],
            menu=[action for action in actions if action.menu],
            figures=self.figures(),
            steps=self.steps(),
            **context,
        )

    def _panels(self, place: str, user):
        found = panels.panels_for(self.subject, user, place)
        return [(panel, panel.href(self.record)) for panel in found]


class PanelView(OneRecord, TemplateView):
    """A fragment about a parent record: ``queryset`` is the parent's, ``rows()`` the children.

    ``tool`` is the children's. The default template draws ``columns`` as a small table.
    """

    template_name = "ui/panel.html"
    columns: list = []
    noun = "rows"
    empty = ""
    all_url = ""  # the full list, filtered to the parent
    limit = 50

    def rows(self):
        """The children that this person may see, newest first."""
        raise NotImplementedError

    def actions(self) -> list[Action]:
        return []

    def get_context_data(self, **context):
        rows = list(self.rows()[: self.limit + 1])
        drawn = [
            (row, [(column, column.cell(row)) for column in self.columns])
            for row in rows[: self.limit]
        ]
        actions = [action for action in self.actions() if self.may(action.level)]
        return super().get_context_data(
            view=self, rows=drawn, has_more=len(rows) > self.limit, buttons=actions, **context
        )

"""The base of every list page: filters, tabs, sort, columns, totals, saved views, export, bulk."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.core.paginator import Paginator
from django.db.models import Count, Q, Sum
from django.views.generic import TemplateView

from agency.sql import cents
from agency.ui import export
from agency.ui.bulkview import BulkMixin
from agency.ui.chips import SUFFIXES, chips
from agency.ui.columns import Column
from agency.ui.exportview import ExportMixin
from agency.ui.liststate import PAGE_SIZES, ListState
from agency.ui.models import SavedView
from agency.ui.pages import ToolPage, path_of, visible
from agency.ui.rows import RowMaker

INLINE_FIGURES = 2000  # above it, tab counts and totals come in a second request


@dataclass(frozen=True)
class Tab:
    """A state of the list with its count; ``where`` is a Q over the listing's columns."""

    key: str
    label: str
    where: Q | None = None
    tone: str = ""


class FilteredListView(ExportMixin, BulkMixin, ToolPage, TemplateView):
    """A list page; see the package's guide. All state is in the URL; htmx swaps the table alone."""

    template_name = "ui/list.html"
    rows_template_name = "ui/_list.html"
    figures_template_name = "ui/_figures.html"
    queryset: Any = None
    filterset_class: Any = None
    columns: list[Column] = []
    tabs: list[Tab] = []
    filters: list[str] | None = None  # names of the filterset shown on the page; None is all
    search = "search"  # the filter behind the Find box
    sort = ""  # a column's name, with - to begin at the end; empty is the queryset's order
    page_size = 50
    noun = "rows"  # "invoices": for the foot, the empty page, the export's and the work's name
    totals_note = ""  # what the totals leave out
    create_url = ""
    create_label = ""
    create_dialog = False
    create_level = "update"
    actions: list = []  # further buttons of the head
    empty_icon = "inbox"
    empty_title = ""
    empty_text = ""

    def get(self, request, *args, **kwargs):
        if request.GET.get("export") in export.FORMATS:
            return self.exported(request.GET["export"])
        return self.render_to_response(self.get_context_data(**kwargs))

    def get_template_names(self) -> list[str]:
        if self.is_figures_request:
            return [self.figures_template_name]
        return [self.rows_template_name if self.is_rows_request else self.template_name]

    @property
    def is_rows_request(self) -> bool:
        return self.request.htmx.target == "list" and not self.request.htmx.history_restore_request

    @property
    def is_figures_request(self) -> bool:
        return self.request.GET.get("part") == "figures"

    # -- what is in the list -------------------------------------------------------------------
    @property
    def page_key(self) -> str:
        """The route's name, under which views are saved."""
        return self.request.resolver_match.view_name

    def get_queryset(self):
        """The rows before any filter; already limited to what this person may see."""
        return visible(self.queryset, self.request.user)

    @cached_property
    def state(self) -> ListState:
        return ListState(
            self.request.GET, self.get_columns(), self.get_tabs(), self.sort, self.page_size
        )

    def get_columns(self) -> list[Column]:
        return self.columns

    def get_tabs(self) -> list[Tab]:
        return self.tabs

    @cached_property
    def filterset(self):
        if self.filterset_class is None:
            return None
        return self.filterset_class(
            self.request.GET, queryset=self.get_queryset(), request=self.request
        )

    @cached_property
    def filtered(self):
        """The rows that match the filters, in every tab."""
        return self.filterset.qs if self.filterset else self.get_queryset()

    @cached_property
    def rows(self):
        """The rows of the open tab, in order."""
        tab = self.state.tab
        rows = self.filtered.filter(tab.where) if tab and tab.where is not None else self.filtered
        return rows.order_by(*self.state.order_by()) if self.state.order_by() else rows

    @property
    def filter_names(self) -> list[str]:
        if self.filterset is None:
            return []
        names = self.filters if self.filters is not None else list(self.filterset.form.fields)
        return [
            name for name in names if name != self.search and name in self.filterset.form.fields
        ]

    # -- figures -------------------------------------------------------------------------------
    def tab_counts(self) -> dict[str, int]:
        """How many rows each tab holds, in one statement."""
        counted = {
            f"tab_{n}": Count("pk", filter=tab.where) if tab.where is not None else Count("pk")
            for n, tab in enumerate(self.get_tabs())
        }
        found = self.filtered.order_by().aggregate(**counted) if counted else {}
        return {tab.key: found[f"tab_{n}"] for n, tab in enumerate(self.get_tabs())}

    def totals_queryset(self, rows):
        """The rows that the totals add up; a list may leave some out and say so in a note."""
        return rows

    def totals(self) -> list[dict]:
        """The sums of the total columns per currency, each as stored (four decimals)."""
        summed = [column for column in self.state.columns if column.total]
        if not summed:
            return []
        rows = self.totals_queryset(self.rows).order_by()
        sums = {
            f"total_{column.name}": cents(Sum(column.sum_field))
            if column.kind == "money"
            else Sum(column.sum_field)
            for column in summed
        }
        currency = next(
            (column.currency.replace(".", "__") for column in summed if column.kind == "money"), ""
        )
        if not currency:
            return [{"currency": "", "sums": rows.aggregate(**sums)}]
        grouped = rows.order_by(currency).values(currency).annotate(**sums)
        return [{"currency": line[currency], "sums": line} for line in grouped]

    # -- answers -------------------------------------------------------------------------------
    def get_context_data(self, **context):
        page = Paginator(self.rows, self.state.size).get_page(self.request.GET.get("page"))
        maker = RowMaker(self.state.columns, self.bulk_actions)
        figures = page.paginator.count <= INLINE_FIGURES or self.is_figures_request
        return super().get_context_data(
            view=self,
            state=self.state,
            page=page,
            headers=self.state.headers(),
            rows=[maker.row(record) for record in page.object_list],
            tabs=self.get_tabs(),
            figures=figures,
            tab_counts=self.tab_counts() if figures else {},
            totals=self.totals() if figures else [],
            bulk=[action for action in self.bulk_actions if self.may(action.level)],
            page_sizes=PAGE_SIZES,
            **self.frame(),
            **context,
        )

    def frame(self) -> dict:
        """What stands around the table: filters, chips, saved views, the button to create."""
        views = list(SavedView.objects.visible_to(self.request.user).of_page(self.page_key))
        kept = self.state.kept
        named = next((view.name for view in views if view.query == kept), "")
        form = self.filterset.form if self.filterset else None
        search = self.request.GET.get(self.search, "")
        found = chips(self.filterset, self.state, self.filter_names) if self.filterset else []
        tab = self.state.tab if self.state.tab and self.state.tab.where else None
        is_filtered = bool(found or search or tab)
        plain = tab.label if tab else f"All {self.noun}"
        return {
            "saved_views": views,
            "view_name": named or ("Filtered" if found or search else plain),
            "filter_fields": [form[name] for name in self.filter_names],
            "filter_errors": form.errors if form else {},
            "from_filters": self.request.htmx.trigger == "filters",
            "chips": found,
            "clear_url": self.state.url(**dict.fromkeys(self._filter_parameters())),
            "search_text": search,
            "has_search": bool(form and self.search in form.fields),
            "is_filtered": is_filtered,
            "create": self._create_path(),
        }

    def _filter_parameters(self) -> list[str]:
        return [f"{name}{suffix}" for name in self.filter_names for suffix in SUFFIXES]

    def _create_path(self) -> str:
        return path_of(self.create_url) if self.create_url and self.may(self.create_level) else ""

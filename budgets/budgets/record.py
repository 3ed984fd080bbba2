"""The page of one budget."""

from functools import cached_property

from django.apps import apps
from django.urls import reverse

from agency.reference import organisation
from agency.ui import formats
from agency.ui.views import Action, RecordView, visible
from budgets.budgets.alerts import advice, alerts_of
from budgets.budgets.burn import Burn, burn_of
from budgets.budgets.buttons import buttons_for
from budgets.budgets.models import Budget
from budgets.budgets.pills import health_pill, status_pill, type_of
from budgets.budgets.reasons import figures_of
from budgets.budgets.states import BudgetStatus
from budgets.budgets.table import table_of
from crm.timesheets.models import TimeEntry

LATEST = 8
LEGEND = [
    ("f1", "Logged and invoiced"),
    ("f2", "Logged, not invoiced"),
    ("f3", "Invoiced ahead"),
    ("fb1", "Over"),
]
MOVES = {
    BudgetStatus.ACTIVE: ("Activate", "circle-play"),
    BudgetStatus.COMPLETED: ("Complete", "circle-check"),
    BudgetStatus.ARCHIVED: ("Archive", "archive"),
    BudgetStatus.DRAFT: ("Back to draft", "circle-dashed"),
}


class BudgetView(RecordView):
    """What was agreed, how much of it is used, and where that leads."""

    tool, subject, name = "budgets", "budget", "budget"
    queryset = Budget.objects.listing().with_figures()
    template_name = "budgets/budgets/record.html"
    crumbs = [("Money", "")]
    list_url, list_label = "budget-list", "Budgets"

    @cached_property
    def burn(self) -> Burn:
        return burn_of(self.record)

    @cached_property
    def lines(self) -> list:
        return list(self.record.lines.listing())

    @cached_property
    def shown_tabs(self) -> list:
        return super().tabs()

    def tabs(self) -> list:
        return self.shown_tabs

    @property
    def is_overview(self) -> bool:
        return not any(tab.is_current and tab.panel for tab in self.shown_tabs)

    def figures(self):
        if not self.is_overview:
            return []
        return figures_of(self.record, self.burn, self.lines, self.invoices())

    def invoices(self):
        """The budget's invoices that this person may open; None without the right to any."""
        if not self.request.user.has_perm("invoices:view"):
            return None
        found = apps.get_model("billing", "Invoice").objects.visible_to(self.request.user)
        return found.filter(budget=self.record)

    def get_context_data(self, **context):
        budget = self.record
        context |= {"status": status_pill(budget), "type_of": type_of(budget)}
        if not self.is_overview:
            return super().get_context_data(health=health_pill(budget), **context)
        burn = self.burn
        return super().get_context_data(
            health=health_pill(budget, is_heading_over=burn.passes_on is not None),
            chart=chart_of(budget, burn),
            alerts=alerts_of(budget, burn, self.lines, self.request.user),
            advice=advice(budget, burn, organisation.today()),
            table=table_of(budget, self.lines),
            legend=LEGEND,
            entries=self.latest(),
            perms_update=self.may("update"),
            **context,
        )

    def latest(self):
        rows = visible(TimeEntry.objects.listing(), self.request.user)
        return rows.filter(budget=self.record)[:LATEST]

    # -- buttons ----------------------------------------------------------------------------------
    def path(self, name: str, *more) -> str:
        return reverse(name, args=[self.record.pk, *more])

    def actions(self) -> list[Action]:
        edit = Action(label="Edit", url=self.path("budget-edit"), level="update", key="e")
        return [*self.menu(), edit, *self.step(), *buttons_for(self.record, self.request.user)]

    def step(self) -> list[Action]:
        """A draft's next step is to be worked on."""
        if self.record.status != BudgetStatus.DRAFT:
            return []
        return [self.move_action(BudgetStatus.ACTIVE, menu=False)]

    def move_action(self, status: str, *, menu: bool = True) -> Action:
        label, icon = MOVES[status]
        return Action(
            label=label,
            url=self.path("budget-move", status),
            icon=icon,
            level="update",
            post=True,
            menu=menu,
            primary=not menu,
        )

    def menu(self) -> list[Action]:
        now = self.record.status
        skip = {now, BudgetStatus.ACTIVE} if now == BudgetStatus.DRAFT else {now}
        delete = Action(
            label="Delete",
            url=self.path("budget-delete"),
            icon="trash-2",
            level="manage",
            menu=True,
            post=True,
            danger=True,
            confirm="Delete this budget with its lines? Its history stays.",
            off=self.kept_reason(),
        )
        return [*(self.move_action(status) for status in MOVES if status not in skip), delete]

    def kept_reason(self) -> str:
        figures = self.record.figures
        if figures.invoiced:
            return "Not while it is on an invoice"
        return "Not with approved time on it" if figures.burned else ""


def chart_of(budget: Budget, burn: Burn) -> dict:
    """The burn chart, its finding in words, and the rows of its table."""
    agreed, points = budget.figures.agreed, burn.points
    sets = [{"label": "Used", "data": [p.actual for p in points], "color": "mark"}]
    if burn.waiting:
        logged = [p.logged for p in points]
        sets.append({"label": "With time to approve", "data": logged, "color": "soft"})
    if burn.has_forecast:
        forecast = [p.forecast for p in points]
        sets.append({"label": "Forecast", "data": forecast, "color": "mark", "dash": True})
    if any(p.ideal is not None for p in points):
        ideal = [p.ideal for p in points]
        sets.append({"label": "Ideal", "data": ideal, "color": "ink-3", "width": 1.25})
    if agreed > 0:
        whole = [agreed] * len(points)
        sets.append({"label": "Budget", "data": whole, "color": "bad", "dash": True, "width": 1.25})
    return {
        "data": {
            "type": "line",
            "labels": [formats.day(p.on) for p in points],
            "money": budget.currency,
            "sets": sets,
        },
        "label": finding(budget, burn),
        "head": ["Week to", *(one["label"] for one in sets)],
        "rows": [
            [formats.day(p.on), *(written(one["data"][n], budget) for one in sets)]
            for n, p in enumerate(points)
        ],
    }


def written(value, budget: Budget) -> str:
    return "–" if value is None else formats.amount(value, budget.currency)


def finding(budget: Budget, burn: Burn) -> str:
    """The chart in one sentence, for those who do not see it."""
    figures, currency = budget.figures, budget.currency
    used = f"{currency} {formats.amount(figures.burned, currency)}"
    of = f" of {formats.amount(figures.agreed, currency)}" if figures.agreed > 0 else ""
    text = f"Burn: {used}{of} used"
    if burn.has_forecast:
        end = formats.amount(burn.at_end, currency)
        text += f"; the forecast for {formats.day(burn.until)} is {end}"
    return text

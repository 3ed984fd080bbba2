"""The list of budgets."""

from collections import defaultdict
from functools import cached_property

from django.db.models import Q

from agency import money
from agency.ui.columns import follow
from agency.ui.lists import INLINE_FIGURES
from agency.ui.views import BulkAction, Column, FilteredListView, Tab
from budgets.budgets import operations
from budgets.budgets.figures import Ledger
from budgets.budgets.filters import BudgetPageFilter
from budgets.budgets.forms import OwnerForm
from budgets.budgets.models import Budget
from budgets.budgets.pills import burn_of, name_of, state_of, type_of
from budgets.budgets.querysets import COLUMNS, ledger_of
from budgets.budgets.states import BudgetStatus


def moves_to(status: str, label: str, icon: str, done: str) -> BulkAction:
    """A button that gives the chosen budgets another status."""

    def run(budget: Budget, *, by):
        return operations.move(budget, status, by=by)

    return BulkAction(
        key=status,
        label=label,
        icon=icon,
        run=run,
        done=done,
        allows=lambda budget: budget.status != status,
    )


class BudgetListView(FilteredListView):
    """All budgets that one sees, each with its burn."""

    tool, title, noun = "budgets", "Budgets", "budgets"
    crumbs = [("Money", "")]
    queryset = Budget.objects.listing()
    filterset_class = BudgetPageFilter
    filters = ["company_id", "owner_id", "budget_type", "resource_type", "used_above"]
    create_url, create_label = "budget-new", "New budget"
    empty_icon, empty_title = "gauge", "No budgets yet"
    empty_text = "A budget holds what was agreed with a customer; time and invoices use it up."
    columns = [
        Column(
            name="name",
            label="Budget",
            draw=name_of,
            export=str,
            sort="name",
            fixed=True,
            clip=True,
            phone="title",
        ),
        Column(
            name="company",
            label="Company",
            value="customer.name",
            sort="customer__name",
            css="nw",
            phone="sub",
        ),
        Column(name="type", label="Type", value=type_of, sort="budget_type", css="nw", shown=False),
        Column(
            name="state",
            label="State",
            value="status",
            draw=state_of,
            export=lambda budget: budget.get_status_display(),
            sort="status",
            phone="state",
        ),
        Column(
            name="used",
            label="Burn",
            value="figures.used_percent",
            draw=burn_of,
            sort="by_used",
            css="burn",
        ),
        Column(
            name="amount",
            label="Budget",
            value="figures.agreed",
            kind="money",
            sort="by_budget_amount",
            total=True,
            phone="value",
        ),
        Column(
            name="logged",
            label="Logged",
            value="figures.burned",
            kind="money",
            sort="by_burned_amount",
            total=True,
        ),
        Column(
            name="invoiced",
            label="Invoiced",
            value="figures.invoiced",
            kind="money",
            sort="by_invoiced_amount",
            total=True,
        ),
        Column(
            name="left",
            label="Left to invoice",
            value="figures.remaining",
            kind="money",
            sort="by_remaining_amount",
            total=True,
            shown=False,
        ),
        Column(
            name="hours",
            label="Hours",
            value="figures.logged_minutes",
            kind="hours",
            sort="by_logged_hours",
            total=True,
            shown=False,
        ),
        Column(
            name="waiting",
            label="To approve",
            value="figures.unapproved_minutes",
            kind="hours",
            sort="by_unapproved_hours",
            total=True,
            shown=False,
        ),
        Column(name="owner", label="Owner", kind="person", sort="owner__first_name", shown=False),
        Column(
            name="ends",
            label="Ends",
            value="forecast_on",
            kind="date",
            sort="forecast_on",
            shown=False,
        ),
        Column(name="project", label="Project", value="project.name", shown=False),
        Column(name="po", label="PO number", value="po_number", sort="po_number", shown=False),
    ]
    bulk_actions = [
        moves_to(BudgetStatus.ACTIVE, "Activate", "circle-play", "activated"),
        moves_to(BudgetStatus.COMPLETED, "Complete", "circle-check", "completed"),
        moves_to(BudgetStatus.ARCHIVED, "Archive", "archive", "archived"),
        BulkAction(
            key="owner",
            label="Set owner",
            icon="user-round",
            run=operations.update,
            form_class=OwnerForm,
            done="changed",
        ),
        BulkAction(
            key="delete",
            label="Delete",
            icon="trash-2",
            level="manage",
            run=operations.delete,
            done="deleted",
            danger=True,
            confirm="Delete these budgets with their lines? Those with approved time or live "
            "invoices are kept.",
        ),
    ]

    def get_tabs(self) -> list[Tab]:
        states = [Tab(status, status.label, Q(status=status)) for status in BudgetStatus]
        draft, active, *others = states
        return [active, draft, *others, Tab("all", "All")]

    def get_queryset(self):
        """Figures are columns of the query only where the list is sorted by one."""
        column = next(
            (one for one in self.columns if one.name == self.state.sort.removeprefix("-")), None
        )
        name = str(column.sort).removeprefix("by_") if column else ""
        rows = super().get_queryset().with_figures(self.ledger_of)
        return rows.with_column(name) if name in COLUMNS else rows

    @cached_property
    def ledger(self) -> Ledger | None:
        """The figures of all rows, which the totals need; None where there are too many."""
        is_short = self.is_figures_request or self.rows.count() <= INLINE_FIGURES
        return Ledger(self.rows.order_by()) if is_short else None

    def ledger_of(self, budgets: list[Budget]) -> Ledger:
        return self.ledger or ledger_of(budgets)

    def totals(self) -> list[dict]:
        """The sums of the figures per currency, over all rows that match."""
        summed = [column for column in self.state.columns if column.total]
        found: dict[str, dict] = defaultdict(lambda: defaultdict(lambda: money.ZERO))
        rows = self.rows.order_by().values_list("pk", "currency", "total_amount")
        for pk, currency, total in rows if summed else ():
            figures = {"figures": self.ledger.of(pk, currency, total)}
            for column in summed:
                found[currency][f"total_{column.name}"] += follow(figures, column.value)
        return [{"currency": code, "sums": found[code]} for code in sorted(found)]

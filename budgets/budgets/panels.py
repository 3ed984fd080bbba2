"""Budgets on the home page and on those of customers, projects and deals; time on their own."""

from django.urls import reverse
from django.utils.html import format_html

from agency.ui import formats
from agency.ui.views import Action, Column, PanelView, visible
from budgets.budgets.models import Budget
from budgets.budgets.pills import LIMIT, burn_of, name_of, state_of
from crm.customers.models import Customer
from crm.deals.models import Deal
from crm.home.views import HomePanelView
from crm.projects.models import Project
from crm.timesheets.models import TimeEntry
from crm.timesheets.pills import state_pill

MOST = 8  # on the home page


class BudgetsPanel(PanelView):
    """The budgets of a record, each with its burn."""

    tool, title, noun = "budgets", "Budgets", "budgets"
    empty = "No budget is agreed yet."
    link = ""
    columns = [
        Column(name="name", label="Budget", draw=name_of, phone="title"),
        Column(name="state", label="State", draw=state_of, phone="state"),
        Column(name="burn", label="Burn", draw=burn_of, css="burn"),
        Column(name="amount", label="Budget", value="figures.agreed", kind="money", phone="value"),
        Column(name="logged", label="Logged", value="figures.burned", kind="money"),
        Column(name="invoiced", label="Invoiced", value="figures.invoiced", kind="money"),
    ]

    def rows(self):
        mine = visible(Budget.objects.listing(), self.request.user)
        return mine.filter(**{self.link: self.record}).with_figures()

    @property
    def all_url(self) -> str:
        return f"{reverse('budget-list')}?tab=all&{self.parameter}={self.record.pk}"

    @property
    def parameter(self) -> str:
        return {"customer": "company_id", "project": "project_id"}.get(self.link, "resource_id")

    def actions(self) -> list[Action]:
        url = f"{reverse('budget-new')}?{self.link}={self.record.pk}"
        return [Action(label="New budget", url=url, icon="plus", level="update")]


class CustomerBudgets(BudgetsPanel):
    queryset, link = Customer.objects, "customer"


class ProjectBudgets(BudgetsPanel):
    queryset, link = Project.objects, "project"


class DealBudgets(BudgetsPanel):
    queryset, link = Deal.objects, "deal"


def day_of(entry: TimeEntry):
    return format_html('<span class="nw">{}</span>', formats.day(entry.date))


def work_of(entry: TimeEntry):
    """The task, and what was written about it."""
    parts = [text for text in (str(entry.task or ""), entry.description) if text]
    if not parts:
        return formats.DASH
    first, *rest = parts
    return format_html('{} <span class="muted">{}</span>', first, rest[0] if rest else "")


class BudgetTime(PanelView):
    """The time on a budget that the person may see, newest first."""

    tool, title, noun = "budgets", "Time", "time entries"
    queryset = Budget.objects
    empty = "No time is logged yet."
    limit = 200
    columns = [
        Column(name="date", label="Date", draw=day_of, phone="sub"),
        Column(name="staff", label="Person", kind="person", phone="title"),
        Column(name="work", label="Work", draw=work_of, clip=True),
        Column(name="line", label="Line", value="budget_line.description"),
        Column(name="status", label="State", draw=state_pill, phone="state"),
        Column(name="minutes", label="Hours", kind="hours", phone="value"),
        Column(name="rate", label="Rate", kind="money", currency=""),
        Column(name="amount", label="Amount", kind="money"),
    ]

    def rows(self):
        return visible(TimeEntry.objects.listing(), self.request.user).filter(budget=self.record)


def little_left(staff) -> list[Budget]:
    """The active budgets with more than ``LIMIT`` per cent logged, the fullest first."""
    rows = Budget.objects.listing().visible_to(staff).active().with_figures()
    found = [budget for budget in rows if (budget.figures.used_percent or 0) > LIMIT]
    return sorted(found, key=lambda budget: budget.figures.used_percent, reverse=True)


class HomeBudgets(HomePanelView):
    """The budgets that run out."""

    tool, title = "budgets", f"Budgets above {LIMIT} %"
    template_name = "budgets/budgets/home.html"
    more_url, more_label = "budget-list", "All budgets"

    def get_context_data(self, **context):
        found = little_left(self.request.user)[:MOST]
        return super().get_context_data(
            budgets=[(budget, burn_of(budget)) for budget in found], limit=LIMIT, **context
        )

"""What people should know about a budget before it is too late."""

from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from agency import money
from agency.reference import organisation
from agency.ui import formats
from budgets.budgets.burn import Burn
from budgets.budgets.models import Budget
from budgets.budgets.pills import LIMIT
from budgets.budgets.reasons import amount
from budgets.budgets.states import BudgetStatus
from crm.timesheets import guards


@dataclass(frozen=True)
class Alert:
    """One line of the list, with what can be done about it."""

    icon: str
    text: str
    note: str = ""
    tone: str = ""
    link: str = ""
    link_text: str = ""


def alerts_of(budget: Budget, burn: Burn, lines: list, staff) -> list[Alert]:
    """The alerts of a budget for one person, the worst first."""
    if budget.status in (BudgetStatus.COMPLETED, BudgetStatus.ARCHIVED):
        return waiting(budget, staff)
    return [
        *over(budget),
        *heading_over(budget, burn),
        *running_out(budget),
        *lines_over(budget, lines),
        *past_its_end(budget),
        *waiting(budget, staff),
        *not_active(budget),
    ]


def over(budget: Budget) -> list[Alert]:
    figures = budget.figures
    if not figures.over or figures.agreed <= 0:
        return []
    note = f"{formats.percent(figures.used_percent)} of {amount(budget, figures.agreed)}"
    return [Alert("circle-alert", f"{amount(budget, figures.over)} over the budget", note, "bad")]


def heading_over(budget: Budget, burn: Burn) -> list[Alert]:
    if burn.passes_on is None:
        return []
    text = f"The forecast passes the budget on {formats.day(burn.passes_on)}"
    note = f"At {amount(budget, burn.pace)} a week, as in the last four"
    return [Alert("trending-up", text, note, "warn")]


def running_out(budget: Budget) -> list[Alert]:
    used = budget.figures.used_percent
    if used is None or budget.figures.over or used <= LIMIT:
        return []
    left = amount(budget, budget.figures.agreed - budget.figures.burned)
    note = f"{left} left{to_go(budget)}"
    return [Alert("gauge", f"{formats.percent(used)} used", note, "warn")]


def to_go(budget: Budget) -> str:
    days = (budget.forecast_on - organisation.today()).days if budget.forecast_on else 0
    if days <= 0:
        return ""
    weeks = days // 7
    return f", {weeks} weeks to go" if weeks > 1 else f", {days} days to go"


def lines_over(budget: Budget, lines: list) -> list[Alert]:
    return [
        Alert(
            "circle-alert",
            f"{line.description} is {amount(budget, line.burned - line.amount)} over",
            f"{amount(budget, line.burned)} logged of {amount(budget, line.amount)}",
            "bad",
        )
        for line in lines
        if line.burned > line.amount > 0
    ]


def past_its_end(budget: Budget) -> list[Alert]:
    if budget.forecast_on is None or budget.forecast_on >= organisation.today():
        return []
    note = "Move the end, or complete the budget"
    return [Alert("calendar-x", f"It ended on {formats.day(budget.forecast_on)}", note, "warn")]


def waiting(budget: Budget, staff) -> list[Alert]:
    figures = budget.figures
    if not figures.unapproved_minutes:
        return []
    text = f"{formats.clock(figures.unapproved_minutes)} h wait for approval"
    note = amount(budget, figures.waiting)
    if not (staff.has_perm("time:update") and guards.reaches_others(staff)):
        return [Alert("clock", text, note)]
    return [Alert("clock", text, note, "", reverse("time-approvals"), "Review")]


def not_active(budget: Budget) -> list[Alert]:
    if budget.status != BudgetStatus.DRAFT or not budget.figures.logged_minutes:
        return []
    return [Alert("circle-dashed", "Time is logged on this draft", "Activate the budget")]


def advice(budget: Budget, burn: Burn, today: date) -> str:
    """How the budget could still hold; nothing where it does."""
    beyond = None if burn.at_end is None else burn.at_end - budget.figures.agreed
    if beyond is None or beyond <= 0 or burn.passes_on is None:
        return ""
    weeks = (burn.until - today).days
    fewer = money.rounded(beyond * 7 / weeks, budget.currency)
    return (
        f"To finish inside the budget: {amount(budget, fewer)} fewer a week, "
        f"or {amount(budget, beyond)} more agreed."
    )

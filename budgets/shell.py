"""What budgets add to the shell: the menu, + New, search, and panels on others' pages."""

from agency.ui import areas, formats, navigation, palette, panels, pickers
from budgets.budgets.models import Budget
from budgets.budgets.panels import little_left
from budgets.budgets.pills import LIMIT
from crm.timesheets.models import TimeEntry

PAGES = ("budget-page", "budget-new", "budget-edit")


def register() -> None:
    navigation.add(
        "Money",
        "Budgets",
        "budget-list",
        "gauge",
        permission="budgets:view",
        key="b",
        order=10,
        count=running_out,
        within=PAGES,
    )
    areas.add(
        "Money",
        "Service types",
        "service-type-list",
        "tags",
        "What you sell by the hour or the piece, with its usual price",
        permission="budgets:view",
        order=40,
    )
    navigation.add_new("Budget", "budget-new", "gauge", "budgets:update", key="b", order=25)
    palette.add_searcher("Budgets", find, permission="budgets:view", order=30)
    pickers.add("budgets", choose, permission="budgets:view", detail=company_of)
    for subject in ("customer", "project", "deal"):
        panels.add(
            subject,
            "budgets",
            "Budgets",
            f"{subject}-budgets",
            permission="budgets:view",
            order=20,
        )
    panels.add(
        "budget",
        "time",
        "Time",
        "budget-time",
        permission="budgets:view",
        order=20,
        count=entries_on,
    )
    panels.add(
        "home",
        "budgets",
        f"Budgets above {LIMIT} %",
        "home-budgets",
        permission="budgets:view",
        order=40,
        place="rail",
    )


def running_out(staff) -> tuple[int, str]:
    """How many budgets that this person sees have little left, as the menu shows them."""
    return len(little_left(staff)), "bad"


def find(staff, text: str) -> list[palette.Hit]:
    rows = Budget.objects.listing().visible_to(staff).matching(text).with_figures()[:6]
    return [
        palette.Hit(
            f"{budget} · {budget.customer or 'no company'}",
            budget.get_absolute_url(),
            "gauge",
            used(budget),
        )
        for budget in rows
    ]


def used(budget: Budget) -> str:
    percent = budget.figures.used_percent
    return "Budget" if percent is None else f"Budget · {formats.percent(percent)}"


def choose(staff, text: str):
    return Budget.objects.listing().visible_to(staff).matching(text).order_by("name", "pk")


def company_of(budget: Budget) -> str:
    return str(budget.customer or "")


def entries_on(budget: Budget, staff) -> int:
    return TimeEntry.objects.visible_to(staff).filter(budget=budget).count()

"""How a budget is drawn in lists and on its page."""

from decimal import Decimal

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from agency import money
from agency.ui import formats, icons
from budgets.budgets.models import Budget
from budgets.budgets.states import BudgetStatus

LIMIT = 80  # per cent of a budget that make people look
STATES = {
    BudgetStatus.DRAFT: ("circle-dashed", ""),
    BudgetStatus.ACTIVE: ("circle-play", "info"),
    BudgetStatus.COMPLETED: ("circle-check", "good"),
    BudgetStatus.ARCHIVED: ("archive", ""),
}


def status_pill(budget: Budget) -> SafeString:
    glyph, tone = STATES[budget.status]
    return icons.pill(budget.get_status_display(), glyph, tone)


def health_pill(budget: Budget, *, is_heading_over: bool = False) -> SafeString:
    """What is wrong with a budget that is worked on; nothing where nothing is."""
    used = budget.figures.used_percent
    if budget.status != BudgetStatus.ACTIVE or used is None:
        return mark_safe("")
    if budget.figures.over:
        return icons.pill("Over budget", "circle-alert", "bad")
    if is_heading_over:
        return icons.pill("Heading over", "trending-up", "warn")
    if used > LIMIT:
        return icons.pill(f"{formats.percent(used)} used", "gauge", "warn")
    return mark_safe("")


def state_of(budget: Budget) -> SafeString:
    """The one word that matters in a list: what is wrong, else the status."""
    return health_pill(budget) or status_pill(budget)


def type_of(budget: Budget) -> str:
    return budget.get_budget_type_display() if budget.budget_type else "No type"


def name_of(budget: Budget) -> SafeString:
    return format_html('<a class="id" href="{}">{}</a>', budget.get_absolute_url(), budget)


def burn_of(budget: Budget) -> SafeString:
    """The bar, and how much of the budget is logged."""
    figures = budget.figures
    bar = drawn_bar(str(budget), figures.agreed, figures.burned, figures.invoiced)
    return format_html(
        '<span class="row-x flex-nowrap gap-2">{}<span class="num sub">{}</span></span>',
        bar,
        formats.percent(figures.used_percent),
    )


def drawn_bar(name: str, agreed: Decimal, burned: Decimal, invoiced: Decimal) -> SafeString:
    """One bar as long as the larger of what was agreed and what is logged.

    Its parts: logged and invoiced, logged only, invoiced ahead of the work, over.
    """
    agreed, invoiced = max(agreed, money.ZERO), max(invoiced, money.ZERO)
    whole = max(agreed, burned)
    inside, billed = min(burned, agreed), min(invoiced, agreed)
    both = min(inside, billed)
    parts = [("f1", both), ("f2", inside - both), ("f3", billed - both), ("fb1", burned - inside)]
    rects, start = [], money.ZERO
    for css, size in parts:
        if size > 0:
            x, width = (f"{value * 100 / whole:.2f}%" for value in (start, size))
            rect = '<rect class="{}" x="{}" width="{}" height="100%"/>'
            rects.append(format_html(rect, css, x, width))
            start += size
    return format_html(
        '<svg class="bar" role="img" aria-label="{}">{}</svg>',
        f"{name}: {said(agreed, burned, invoiced)}",
        mark_safe("".join(rects)),  # noqa: S308 - made of numbers
    )


def said(agreed: Decimal, burned: Decimal, invoiced: Decimal) -> str:
    if agreed <= 0:
        return "logged without an agreed amount" if burned else "nothing agreed, nothing logged"
    logged, billed = (formats.percent(value * 100 / agreed) for value in (burned, invoiced))
    return f"{logged} logged, {billed} invoiced"

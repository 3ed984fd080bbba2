"""The arithmetic behind the figures at the head of a budget's page."""

from django.apps import apps
from django.db.models import Sum
from django.urls import reverse

from agency import money
from agency.sql import cents
from agency.ui import formats
from agency.ui.views import Explanation, Figure, shortened
from budgets.budgets.burn import PACE_WEEKS, Burn
from budgets.budgets.models import Budget
from crm.timesheets.models import TimeEntry


def figures_of(budget: Budget, burn: Burn, lines: list, invoices=None) -> list[Figure]:
    """What is agreed, logged, invoiced and left, and where it leads; each with its reasons.

    ``invoices`` are those that the reader may open: their numbers are links.
    """
    found = [agreed(budget, lines), logged(budget), invoiced(budget, invoices), left(budget)]
    return [*found, forecast(budget, burn)] if burn.has_forecast else found


def amount(budget: Budget, value) -> str:
    return f"{budget.currency} {formats.amount(value, budget.currency)}"


def agreed(budget: Budget, lines: list) -> Figure:
    figures = budget.figures
    rows = [("+", f"{line.description}, {priced(line)}", line.amount) for line in lines]
    note = "net of tax"
    if figures.total_amount is None:
        why = Explanation("Budget", rows, figures.agreed, budget.currency, label="Sum of the lines")
    else:
        foot = f"The lines come to {amount(budget, figures.planned)}."
        words = [("", "Total agreed for the whole budget", figures.agreed)]
        why = Explanation("Budget", words, figures.agreed, budget.currency, foot, "Budget")
    if not figures.agreed:
        note = "nothing agreed yet"
    return Figure(
        label="Budget", value=figures.agreed, currency=budget.currency, note=note, explain=why
    )


def priced(line) -> str:
    """120 h at 175.00; another unit than the hour by its name."""
    unit = line.service_type.unit if line.service_type else ""
    unit = {"hour": "h", "hours": "h"}.get(unit.lower(), unit)
    at = f"at {price(line.unit_price, line.budget.currency)}"
    return f"{formats.quantity(line.quantity)} {unit or '×'} {at if unit else at[3:]}"


def price(value, currency: str) -> str:
    """A price or rate with at least the currency's decimals."""
    text = f"{money.plain(value, money.decimals(currency)):,f}"
    return text.replace("-", formats.MINUS)


def logged(budget: Budget) -> Figure:
    figures, used = budget.figures, budget.figures.used_percent
    entries = TimeEntry.objects.filter(budget=budget, currency=budget.currency).burned()
    groups = (
        entries.order_by()
        .values_list("budget_line__description", "rate")
        .annotate(minutes=Sum("minutes"), amount=cents(Sum("amount")))
        .order_by("-amount")
    )
    rows = [("+", worked(budget, *group), worth) for *group, worth in groups]
    minutes = sum(minutes for _, _, minutes, _ in groups)
    share = f", {formats.percent(used)} of the budget" if used is not None else ""
    foot = "Approved, billable time; each entry is rounded, then summed."
    more = ("See the entries", f"{reverse('budget-page', args=[budget.pk])}?tab=time")
    return Figure(
        label="Logged",
        value=figures.burned,
        currency=budget.currency,
        note=f"{formats.clock(minutes)} h{share}",
        tone="bad" if figures.over else "",
        explain=Explanation(
            "Logged", shortened(rows), figures.burned, budget.currency, foot, more=more
        ),
    )


def worked(budget: Budget, line: str | None, rate, minutes: int) -> str:
    at = price(rate, budget.currency)
    return f"{line or 'Without a line'}, {formats.clock(minutes)} h at {at}"


def invoiced(budget: Budget, invoices=None) -> Figure:
    figures = budget.figures
    lines = apps.get_model("billing", "InvoiceLine").objects.counted()
    groups = (
        lines.filter(invoice__budget=budget, invoice__currency=budget.currency)
        .order_by("invoice__issued_on", "invoice")
        .values_list("invoice", "invoice__number", "invoice__issued_on")
        .annotate(net=cents(Sum("net")))
    )
    opened = set(invoices.values_list("pk", flat=True)) if invoices is not None else set()
    rows = [
        (
            "+",
            f"{number or 'Draft'}, {formats.day(day)}",
            net,
            reverse("invoice-page", args=[pk]) if pk in opened else "",
        )
        for pk, number, day, net in groups
    ]
    rows += credited(budget)
    waiting = figures.uninvoiced
    return Figure(
        label="Invoiced",
        value=figures.invoiced,
        currency=budget.currency,
        note=f"{amount(budget, waiting)} logged and not invoiced" if waiting else "",
        explain=Explanation(
            "Invoiced",
            shortened(rows),
            figures.invoiced,
            budget.currency,
            "Net of tax. Voided invoices are left out.",
        ),
    )


def credited(budget: Budget) -> list[tuple]:
    """What credit notes took back of the budget's invoices."""
    lines = apps.get_model("billing", "CreditNoteLine").objects.counted()
    groups = (
        lines.filter(note__invoice__budget=budget, note__currency=budget.currency)
        .order_by("note__issued_on", "note")
        .values_list("note__number", "note__issued_on")
        .annotate(net=cents(Sum("net")))
    )
    return [("−", f"{number}, {formats.day(day)}", net) for number, day, net in groups]


def left(budget: Budget) -> Figure:
    figures = budget.figures
    rows = [("", "Budget", figures.agreed), ("−", "Invoiced", figures.invoiced)]
    foot = "Never below zero." if figures.invoiced > figures.agreed else ""
    return Figure(
        label="Left to invoice",
        value=figures.remaining,
        currency=budget.currency,
        explain=Explanation(
            "Left to invoice", rows, figures.remaining, budget.currency, foot, "Left"
        ),
    )


def forecast(budget: Budget, burn: Burn) -> Figure:
    beyond = burn.at_end - budget.figures.agreed
    is_over = budget.figures.agreed > 0 and beyond > 0
    rows = [
        ("", "Approved until today", burn.used - burn.waiting),
        ("+", "Waiting for approval", burn.waiting),
        ("+", f"Until {formats.day(burn.until)} at {amount(budget, burn.pace)} a week", burn.ahead),
    ]
    return Figure(
        label=f"Forecast, {formats.day(burn.until)}",
        value=burn.at_end,
        currency=budget.currency,
        tone="warn" if is_over else "",
        note=f"{amount(budget, beyond)} over the budget" if is_over else "",
        note_tone="warn",
        explain=Explanation(
            f"Forecast, {formats.day(burn.until)}",
            rows,
            burn.at_end,
            budget.currency,
            f"A week is the average of the last {PACE_WEEKS}.",
            "Forecast",
        ),
    )

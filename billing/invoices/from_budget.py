"""Which lines an invoice takes from a budget. Nothing here is saved.

Source: the budgets' document: sprints and retainers copy the lines' fixed amounts, time and
materials bills approved uninvoiced time, a fixed price bills what remains.
"""

from collections import defaultdict
from decimal import Decimal
from typing import NamedTuple

from django.apps import apps

from agency import money
from agency.errors import ConflictError
from billing.invoices import totals
from billing.invoices.models import Invoice, InvoiceLine
from billing.lines import taxes
from budgets.budgets import operations as budgets
from budgets.budgets.models import Budget
from budgets.budgets.states import BudgetType


class Draft(NamedTuple):
    """Unsaved lines, and for each the time entries that it bills (none but for time)."""

    lines: list[InvoiceLine]
    entries: list[list]


def drafted(budget: Budget, *, lock: bool = False) -> Draft:
    """The lines that invoicing the budget now would make.

    Raises ``ConflictError`` where there is nothing to bill. ``lock`` holds the time entries for
    the caller's transaction; the caller has locked the budget.
    """
    make = {
        BudgetType.TIME_AND_MATERIALS: _time,
        BudgetType.FIXED_PRICE: _remainder,
        BudgetType.RETAINER: _retainer,
    }.get(budget.budget_type, _fixed_lines)
    draft = make(budget, lock)
    if not draft.lines:
        raise ConflictError(f"There is nothing to invoice on “{budget}”.")
    usual = taxes.usual()
    for position, line in enumerate(draft.lines):
        line.position = position
        line.tax_type, line.tax_rate = usual
    return draft


def preview(budget: Budget) -> Invoice:
    """An unsaved invoice with its sums, and its lines in ``preview_lines``, to show beforehand."""
    draft = drafted(budget)
    invoice = Invoice(budget=budget, customer=budget.customer, currency=budget.currency)
    totals.apply(invoice, draft.lines)
    invoice.preview_lines = draft.lines
    return invoice


def _fixed_lines(budget: Budget, lock: bool) -> Draft:
    lines = [
        InvoiceLine(
            description=line.description,
            quantity=line.quantity,
            unit_price=line.unit_price,
            service_type_id=line.service_type_id,
            budget_line=line,
        )
        for line in budget.lines.in_order()
    ]
    return Draft(lines, [[] for _ in lines])


def _retainer(budget: Budget, lock: bool) -> Draft:
    billed = Invoice.objects.counted().filter(budget=budget).first()
    if billed is not None:
        raise ConflictError(f"This retainer is invoiced already, on {billed}.")
    return _fixed_lines(budget, lock)


def _remainder(budget: Budget, lock: bool) -> Draft:
    left = budgets.remaining_to_invoice(budget)
    if left <= 0:
        raise ConflictError("The whole fixed price is invoiced already.")
    line = InvoiceLine(description=budget.name, quantity=Decimal(1), unit_price=left)
    return Draft([line], [[]])


def _time(budget: Budget, lock: bool) -> Draft:
    groups = defaultdict(list)
    for entry in _billable_entries(budget, lock):
        groups[entry.budget_line, entry.rate].append(entry)
    ordered = sorted(groups.items(), key=lambda item: _place(*item[0]))
    lines = [_time_line(budget, line, rate, entries) for (line, rate), entries in ordered]
    return Draft(lines, [entries for _, entries in ordered])


def _billable_entries(budget: Budget, lock: bool):
    entries = apps.get_model("crm", "TimeEntry").objects.to_invoice().filter(budget=budget)
    entries = entries.filter(currency=budget.currency).select_related("budget_line").order_by("pk")
    return entries.select_for_update(of=("self",)) if lock else entries


def _place(line, rate: Decimal) -> tuple:
    return (line is None, line.position if line else 0, line.pk if line else 0, rate)


def hours_of(entries) -> Decimal:
    """The hours of time entries as a line's quantity: four decimals, half up."""
    return money.plain(sum(entry.minutes for entry in entries) / money.MINUTES_PER_HOUR)


def _time_line(budget: Budget, line, rate: Decimal, entries: list) -> InvoiceLine:
    return InvoiceLine(
        description=line.description if line else f"Time on {budget.name}",
        quantity=hours_of(entries),
        unit="hour",
        unit_price=rate,
        service_type_id=line.service_type_id if line else None,
        budget_line=line,
        is_summed=True,
        amount=sum((entry.amount for entry in entries), money.ZERO),
    )

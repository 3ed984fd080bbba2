"""The Invoice button on a budget's page: the next best step while there is something to bill."""

from django.urls import reverse

from agency.errors import BusinessError
from agency.ui import formats
from agency.ui.views import Action
from billing.invoices import from_budget
from budgets.budgets.states import BudgetStatus
from budgets.models import Budget


def invoice_button(budget: Budget, staff) -> Action | None:
    """Named with what it would bill, net of tax; greyed with the reason where that is nothing."""
    if budget.status == BudgetStatus.ARCHIVED or not staff.has_perm("invoices:update"):
        return None
    try:
        preview = from_budget.preview(budget)
    except BusinessError as error:
        return Action(label="Invoice", icon="receipt-text", off=error.message)
    amount = formats.amount(preview.subtotal, budget.currency)
    return Action(
        label=f"Invoice {budget.currency} {amount}",
        url=reverse("budget-invoice", args=[budget.pk]),
        dialog=True,
        primary=budget.status != BudgetStatus.DRAFT,
    )

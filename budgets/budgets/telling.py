"""The owner hears once when a budget is nearly used up, and once when it is over."""

from django.db import transaction

from agency.records.notices import operations as notices
from agency.records.notices.operations import Kind
from agency.ui import formats
from budgets.budgets.models import Budget
from budgets.budgets.pills import LIMIT
from budgets.budgets.reasons import amount


def of_burned_budgets() -> int:
    """Tell the owners of active budgets above the limit; how many such budgets there are.

    Who was told of a budget is told again only when another sum has been agreed.
    """
    rows = Budget.objects.active().burned_above(LIMIT).filter(owner__is_active=True)
    budgets = list(rows.select_related("owner__role").with_figures())
    for budget in budgets:
        of_burn(budget)
    return len(budgets)


@transaction.atomic
def of_burn(budget: Budget) -> None:
    figures = budget.figures
    if not budget.owner.has_perm("budgets:view"):
        return
    agreed = amount(budget, figures.agreed)
    if figures.over:
        level, text = "over", f"{budget} is {amount(budget, figures.over)} over its {agreed}"
    else:
        level, text = "near", f"{budget}: {formats.percent(figures.used_percent)} of {agreed} used"
    key = f"budget:{budget.pk}:{level}:{figures.agreed.normalize():f}"
    path = budget.get_absolute_url()
    notices.tell_once([budget.owner], Kind.BUDGET, text, path=path, key=key)

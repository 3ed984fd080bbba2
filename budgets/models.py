"""Django looks for models here; each slice owns its own."""

from budgets.budgets.models import Budget
from budgets.lines.models import BudgetLine
from budgets.services.models import ServiceType

__all__ = ["Budget", "BudgetLine", "ServiceType"]

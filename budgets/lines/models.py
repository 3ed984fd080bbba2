"""The lines of a budget."""

from django.db import models

from agency import money
from agency.sql import MoneyField
from budgets.lines.querysets import BudgetLineQuerySet
from budgets.services.models import ServiceType


class BudgetLine(models.Model):
    """One agreed service: ``amount`` is quantity × unit price, rounded to the currency."""

    tool = "budgets"
    subject_name = "budget_line"

    budget = models.ForeignKey("budgets.Budget", on_delete=models.CASCADE, related_name="lines")
    description = models.CharField(max_length=500)
    quantity = MoneyField(default=1)
    unit_price = MoneyField(default=money.ZERO)
    amount = MoneyField(default=money.ZERO, editable=False)
    service_type = models.ForeignKey(
        ServiceType, on_delete=models.PROTECT, null=True, blank=True, related_name="budget_lines"
    )
    task = models.ForeignKey(
        "crm.Task", on_delete=models.SET_NULL, null=True, blank=True, related_name="budget_lines"
    )
    position = models.PositiveIntegerField(default=0)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    objects = BudgetLineQuerySet.as_manager()

    class Meta:
        ordering = ["position", "created_at", "pk"]

    def __str__(self) -> str:
        return self.description

"""Budgets."""

from functools import cached_property

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from agency import money
from agency.errors import ConflictError
from agency.sql import MoneyField
from budgets.budgets.figures import Figures, Ledger
from budgets.budgets.querysets import BudgetQuerySet
from budgets.budgets.states import BudgetStatus, BudgetType, ResourceType


class Budget(models.Model):
    """A sum of money or hours agreed with a customer, for a project, a deal or the company.

    ``budget_type`` decides how it is invoiced; none copies the fixed amounts of the lines.
    """

    tool = "budgets"
    subject_name = "budget"

    name = models.CharField(max_length=200)
    resource_type = models.CharField(max_length=10, choices=ResourceType)
    project = models.ForeignKey(
        "crm.Project", on_delete=models.PROTECT, null=True, blank=True, related_name="budgets"
    )
    deal = models.ForeignKey(
        "crm.Deal", on_delete=models.PROTECT, null=True, blank=True, related_name="budgets"
    )
    customer = models.ForeignKey(
        "crm.Customer", on_delete=models.PROTECT, null=True, blank=True, related_name="budgets"
    )
    contact = models.ForeignKey(
        "crm.Contact", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    budget_type = models.CharField(max_length=20, choices=BudgetType, null=True, blank=True)
    status = models.CharField(max_length=10, choices=BudgetStatus, default=BudgetStatus.DRAFT)
    currency = models.CharField(max_length=3, default="AUD")
    total_amount = MoneyField(null=True, blank=True, help_text="Empty: the sum of the lines")
    po_number = models.CharField(max_length=60, blank=True)
    starts_on = models.DateField(null=True, blank=True)
    forecast_on = models.DateField(null=True, blank=True, help_text="When it should be used up")
    notes = models.TextField(blank=True, max_length=20_000)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="owned_budgets"
    )
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    created_at = models.DateTimeField(default=timezone.now)
    updated_at = models.DateTimeField(auto_now=True)

    objects = BudgetQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(resource_type=ResourceType.PROJECT, project__isnull=False)
                | Q(resource_type=ResourceType.DEAL, deal__isnull=False)
                | Q(resource_type=ResourceType.COMPANY, customer__isnull=False),
                name="budget_has_its_resource",
            ),
            models.CheckConstraint(
                condition=Q(total_amount__isnull=True)
                | Q(total_amount__gte=0, total_amount__lte=money.LARGEST),
                name="budget_total_in_range",
            ),
        ]
        indexes = [
            models.Index(fields=["status", "-created_at"]),
            models.Index(fields=["-created_at", "-id"], name="budget_newest_first"),  # pages
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("budget-page", args=[self.pk])

    @property
    def resource_id(self) -> int | None:
        """The id of the project, deal or company that the budget is for."""
        return {
            ResourceType.PROJECT: self.project_id,
            ResourceType.DEAL: self.deal_id,
            ResourceType.COMPANY: self.customer_id,
        }[self.resource_type]

    @property
    def resource(self):
        """The project, deal or company that the budget is for."""
        return {
            ResourceType.PROJECT: self.project,
            ResourceType.DEAL: self.deal,
            ResourceType.COMPANY: self.customer,
        }[self.resource_type]

    @cached_property
    def figures(self) -> Figures:
        """What the budget comes to; ``with_figures`` reads them for a whole list at once."""
        return Ledger([self.pk]).of(self.pk, self.currency, self.total_amount)

    def locked(self) -> "Budget":
        """The budget, read anew and locked until the transaction ends.

        Raises ``ConflictError`` where it has been deleted meanwhile.
        """
        rows = Budget.objects.select_for_update(of=("self",))
        found = rows.select_related("customer", "owner").filter(pk=self.pk).first()
        if found is None:
            raise ConflictError("The budget has been deleted.")
        return found

    def touch(self) -> None:
        """Renew the entity tag: something that belongs to the budget has changed."""
        self.save(update_fields=["updated_at"])

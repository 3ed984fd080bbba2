"""Which account of the books a service type is booked to."""

from django.db import models

from agency.staff.scope import SharedQuerySet


class MappingRule(models.Model):
    """The Xero account of a service type, used where an invoice line names none."""

    tool = "invoices"
    subject_name = "mapping_rule"

    service_type = models.OneToOneField(
        "budgets.ServiceType", on_delete=models.CASCADE, related_name="mapping_rule"
    )
    xero_account_code = models.CharField(max_length=10)
    description = models.CharField(max_length=200, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    objects = SharedQuerySet.as_manager()

    class Meta:
        ordering = ["service_type__position", "service_type__name"]

    def __str__(self) -> str:
        return f"{self.service_type} → {self.xero_account_code}"

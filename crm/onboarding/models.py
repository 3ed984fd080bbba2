"""The checklist that welcomes a new customer."""

from django.conf import settings
from django.db import models

from crm.customers.models import Customer
from crm.onboarding.querysets import OnboardingQuerySet


class OnboardingMilestone(models.Model):
    """One step of a customer's onboarding."""

    tool = "customers"

    class Source(models.TextChoices):
        MANUAL = "manual"
        AUTO = "auto"

    customer = models.ForeignKey(Customer, on_delete=models.CASCADE, related_name="onboarding")
    stage = models.CharField(max_length=60)
    key = models.SlugField(max_length=60)
    title = models.CharField(max_length=120)
    position = models.PositiveSmallIntegerField()
    completed_at = models.DateTimeField(null=True, blank=True)
    completed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    source = models.CharField(max_length=6, choices=Source, blank=True)
    notes = models.TextField(blank=True, max_length=4000)

    objects = OnboardingQuerySet.as_manager()

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["customer", "key"], name="one_milestone_a_key")
        ]

    def __str__(self) -> str:
        return self.title

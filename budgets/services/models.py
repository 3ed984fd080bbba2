"""What the agency sells by the hour or the piece."""

from django.db import models
from django.db.models import Q

from agency import money
from agency.sql import MoneyField
from budgets.services.querysets import ServiceTypeQuerySet


class ServiceType(models.Model):
    """A kind of service, such as UX design, with its usual price."""

    tool = "budgets"
    subject_name = "service_type"

    name = models.CharField(max_length=120, unique=True)
    description = models.TextField(blank=True, max_length=4000)
    default_rate = MoneyField(default=money.ZERO)
    unit = models.CharField(max_length=30, default="hour")
    category = models.CharField(max_length=60, blank=True)
    position = models.PositiveIntegerField(default=0)
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    objects = ServiceTypeQuerySet.as_manager()

    class Meta:
        ordering = ["position", "name"]
        constraints = [
            models.CheckConstraint(condition=Q(default_rate__gte=0), name="service_rate_positive")
        ]

    def __str__(self) -> str:
        return self.name

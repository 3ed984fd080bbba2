"""Sales opportunities."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from agency import money
from agency.sql import MoneyField
from crm.contacts.models import Contact
from crm.customers.models import Customer
from crm.deals.querysets import DealQuerySet
from crm.deals.states import DealStage


class Deal(models.Model):
    """A piece of work that the agency hopes to win."""

    tool = "deals"
    subject_name = "deal"

    title = models.CharField(max_length=200)
    customer = models.ForeignKey(
        Customer, on_delete=models.PROTECT, null=True, blank=True, related_name="deals"
    )
    contact = models.ForeignKey(
        Contact, on_delete=models.SET_NULL, null=True, blank=True, related_name="deals"
    )
    pipeline = models.CharField(max_length=60, default="sales")
    stage = models.CharField(max_length=20, choices=DealStage, default=DealStage.LEAD)
    value = MoneyField(default=money.ZERO)
    currency = models.CharField(max_length=3, default="AUD")
    probability = models.PositiveSmallIntegerField(default=0, help_text="Per cent")
    close_on = models.DateField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    lost_reason = models.CharField(max_length=200, blank=True)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="owned_deals",
    )
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    objects = DealQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(probability__lte=100), name="deal_probability_is_per_cent"
            ),
            models.CheckConstraint(condition=Q(value__gte=0), name="deal_value_not_negative"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("deal-page", args=[self.pk])

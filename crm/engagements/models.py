"""Work that a client has signed for: retainers, projects, consulting."""

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from agency.sql import MoneyField
from crm.customers.models import Customer
from crm.engagements.querysets import EngagementQuerySet
from crm.engagements.states import EngagementStatus, EngagementType, MarginSource
from crm.engagements.team import ExactDecoder


class Engagement(models.Model):
    """What a client pays for month by month and in all, and who works on it."""

    tool = "engagements"
    subject_name = "engagement"

    name = models.CharField(max_length=200)
    customer = models.ForeignKey(Customer, on_delete=models.PROTECT, related_name="engagements")
    engagement_type = models.CharField(
        "type", max_length=20, choices=EngagementType, default=EngagementType.RETAINER
    )
    product = models.CharField(max_length=60, default="studios")
    status = models.CharField(
        max_length=20, choices=EngagementStatus, default=EngagementStatus.ACTIVE
    )
    start_on = models.DateField("start", null=True, blank=True)
    end_on = models.DateField("end", null=True, blank=True)
    stopped_on = models.DateField(
        null=True, blank=True, editable=False, help_text="When it was paused, completed, cancelled"
    )
    currency = models.CharField(max_length=3, blank=True, help_text="Empty: the company's")
    monthly_revenue = MoneyField("monthly revenue (MRR)", null=True, blank=True)
    total_value = MoneyField("total value (TCV)", null=True, blank=True)
    cogs = MoneyField("cost of goods sold", null=True, blank=True, help_text="Each month")
    margin_pct = models.DecimalField(
        "margin",
        max_digits=23,
        decimal_places=4,
        null=True,
        blank=True,
        help_text="Per cent; empty: (MRR - cost) / MRR",
    )
    margin_source = models.CharField(
        max_length=10, choices=MarginSource, default=MarginSource.UNKNOWN, editable=False
    )
    headcount = models.PositiveIntegerField(null=True, blank=True)
    team_members = models.JSONField(
        default=list,
        blank=True,
        encoder=DjangoJSONEncoder,
        decoder=ExactDecoder,
        help_text='[{"role": "Designer", "hours": "40", "rate": "150.00"}]',
    )
    tools = models.JSONField(default=list, blank=True, help_text='["Jira", "GitHub"]')
    deliverables = models.TextField(blank=True)
    notes = models.TextField(blank=True)
    plain_status = models.CharField("status in plain words", max_length=500, blank=True)
    jira_board_url = models.CharField(max_length=500, blank=True)
    jira_project_key = models.CharField(max_length=60, blank=True)
    renews_on = models.DateField("contract renewal", null=True, blank=True)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="owned_engagements",
    )
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    objects = EngagementQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-pk"]
        indexes = [models.Index(fields=["-created_at", "-id"], name="engagements_newest_first")]
        constraints = [
            models.CheckConstraint(
                condition=Q(end_on=None) | Q(start_on=None) | Q(end_on__gte=F("start_on")),
                name="engagement_ends_after_start",
            ),
            models.CheckConstraint(
                condition=(Q(monthly_revenue=None) | Q(monthly_revenue__gte=0))
                & (Q(total_value=None) | Q(total_value__gte=0))
                & (Q(cogs=None) | Q(cogs__gte=0)),
                name="engagement_money_not_negative",
            ),
            models.CheckConstraint(
                condition=Q(status=EngagementStatus.ACTIVE, stopped_on=None)
                | (~Q(status=EngagementStatus.ACTIVE) & Q(stopped_on__isnull=False)),
                name="engagement_stopped_has_a_day",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("engagement-page", args=[self.pk])

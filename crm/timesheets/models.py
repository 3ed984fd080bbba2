"""Time worked."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from agency import money
from agency.sql import MoneyField
from crm.customers.models import Customer
from crm.projects.models import Project
from crm.tasks.models import Task
from crm.timesheets.querysets import TimeEntryQuerySet
from crm.timesheets.states import TimeStatus


class TimeEntry(models.Model):
    """Whole minutes that a person worked on a day, at the rate that held then.

    ``amount`` is minutes / 60 × ``rate`` rounded to the currency, 0 when not billable; both are
    set when the entry is written and never change with a later rate. A timer is an entry with a
    start and no end. ``invoice_line`` is the one live line that bills it.
    """

    tool = "time"
    subject_name = "time_entry"

    staff = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="time_entries"
    )
    date = models.DateField()
    minutes = models.PositiveIntegerField(default=0)
    started_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    description = models.TextField(blank=True, max_length=4000)
    task = models.ForeignKey(
        Task, on_delete=models.PROTECT, null=True, blank=True, related_name="time_entries"
    )
    project = models.ForeignKey(
        Project, on_delete=models.PROTECT, null=True, blank=True, related_name="time_entries"
    )
    customer = models.ForeignKey(
        Customer, on_delete=models.PROTECT, null=True, blank=True, related_name="time_entries"
    )
    budget = models.ForeignKey(
        "budgets.Budget",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="time_entries",
    )
    budget_line = models.ForeignKey(
        "budgets.BudgetLine",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="time_entries",
    )
    is_billable = models.BooleanField(default=True)
    rate = MoneyField(default=money.ZERO, help_text="Per hour, as it was when the time was logged")
    currency = models.CharField(max_length=3, default="AUD")
    amount = MoneyField(default=money.ZERO, editable=False)
    status = models.CharField(max_length=10, choices=TimeStatus, default=TimeStatus.DRAFT)
    submitted_at = models.DateTimeField(null=True, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    rejection_reason = models.CharField(max_length=500, blank=True)
    invoice_line = models.ForeignKey(
        "billing.InvoiceLine",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="time_entries",
    )
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    objects = TimeEntryQuerySet.as_manager()

    class Meta:
        ordering = ["-date", "-pk"]
        verbose_name_plural = "time entries"
        indexes = [
            models.Index(fields=["-date", "-id"], name="time_newest_first"),
            models.Index(fields=["staff", "-date"]),
            # Holds all that the figures of budgets add up, so that they need no row of the table.
            models.Index(
                fields=[
                    "budget",
                    "currency",
                    "status",
                    "is_billable",
                    "minutes",
                    "amount",
                    "started_at",
                    "ended_at",
                ],
                name="time_of_a_budget",
            ),
            models.Index(
                fields=["submitted_at"],
                condition=Q(status=TimeStatus.DRAFT, submitted_at__isnull=False),
                name="time_waiting_for_approval",
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["staff"],
                condition=Q(started_at__isnull=False, ended_at__isnull=True),
                name="one_running_timer_a_person",
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True)
                | Q(started_at__isnull=True)
                | Q(ended_at__gte=F("started_at")),
                name="time_ends_after_it_starts",
            ),
            models.CheckConstraint(
                condition=~Q(status=TimeStatus.APPROVED)
                | Q(started_at__isnull=True)
                | Q(ended_at__isnull=False),
                name="running_time_is_not_approved",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.staff}, {self.date}: {money.hours(self.minutes)} h"

    def get_absolute_url(self) -> str:
        return reverse("time-entry", args=[self.pk])

    @property
    def is_locked(self) -> bool:
        """Approved or billed time, which nobody changes."""
        return self.status == TimeStatus.APPROVED or self.invoice_line_id is not None

    @property
    def is_running(self) -> bool:
        return self.started_at is not None and self.ended_at is None

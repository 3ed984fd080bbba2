"""Projects, who works on them, and their milestones."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from agency.sql import MoneyField
from crm.customers.models import Customer
from crm.projects.querysets import MilestoneQuerySet, ProjectQuerySet
from crm.projects.states import BillingType, ProjectStatus


class Project(models.Model):
    """A body of work for a customer, or for the agency itself."""

    tool = "projects"
    subject_name = "project"

    name = models.CharField(max_length=200)
    customer = models.ForeignKey(
        Customer, on_delete=models.PROTECT, null=True, blank=True, related_name="projects"
    )
    description = models.TextField(blank=True, max_length=20_000)
    status = models.CharField(
        max_length=20, choices=ProjectStatus, default=ProjectStatus.NOT_STARTED
    )
    billing_type = models.CharField(
        max_length=20, choices=BillingType, default=BillingType.PROJECT_HOURS
    )
    currency = models.CharField(max_length=3, default="AUD")
    cost = MoneyField(null=True, blank=True, help_text="Agreed price of a fixed-rate project")
    hourly_rate = MoneyField(null=True, blank=True)
    estimated_minutes = models.PositiveIntegerField(null=True, blank=True)
    progress = models.PositiveSmallIntegerField(default=0, help_text="Per cent")
    start_on = models.DateField(null=True, blank=True)
    deadline_on = models.DateField(null=True, blank=True)
    archived_at = models.DateTimeField(null=True, blank=True)
    members = models.ManyToManyField(
        settings.AUTH_USER_MODEL, through="ProjectMember", related_name="projects"
    )
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="owned_projects",
    )
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    objects = ProjectQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(progress__lte=100), name="project_progress_per_cent")
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("project-page", args=[self.pk])


class ProjectMember(models.Model):
    """Somebody who works on a project and may log time on all of it."""

    tool = "projects"
    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="memberships")
    staff = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="memberships"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["project", "staff"], name="member_once_a_project")
        ]

    def __str__(self) -> str:
        return f"{self.staff} on {self.project}"


class Milestone(models.Model):
    """A date that a project works towards."""

    tool = "projects"
    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="milestones")
    name = models.CharField(max_length=200)
    description = models.TextField(blank=True, max_length=4000)
    due_on = models.DateField(null=True, blank=True)
    position = models.PositiveIntegerField(default=0)
    completed_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    objects = MilestoneQuerySet.as_manager()

    class Meta:
        ordering = ["position", "due_on", "pk"]

    def __str__(self) -> str:
        return self.name

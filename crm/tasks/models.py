"""Tasks and who does them."""

from django.conf import settings
from django.db import models
from django.urls import reverse

from agency.sql import MoneyField
from crm.customers.models import Customer
from crm.projects.models import Milestone, Project
from crm.tasks.querysets import TaskQuerySet
from crm.tasks.states import TaskPriority, TaskStatus


class Task(models.Model):
    """A piece of work with an end, on a project or on any other record.

    ``subject_type`` and ``subject_id`` say what it belongs to; ``project`` and ``customer`` repeat
    that where they follow from it, so that lists need no second look.
    """

    tool = "tasks"
    subject_name = "task"

    title = models.CharField(max_length=300)
    description = models.TextField(blank=True, max_length=20_000)
    status = models.CharField(max_length=20, choices=TaskStatus, default=TaskStatus.NOT_STARTED)
    priority = models.CharField(max_length=10, choices=TaskPriority, default=TaskPriority.MEDIUM)
    subject_type = models.CharField(max_length=30, blank=True)
    subject_id = models.PositiveBigIntegerField(null=True, blank=True)
    project = models.ForeignKey(
        Project, on_delete=models.CASCADE, null=True, blank=True, related_name="tasks"
    )
    customer = models.ForeignKey(
        Customer, on_delete=models.SET_NULL, null=True, blank=True, related_name="tasks"
    )
    milestone = models.ForeignKey(
        Milestone, on_delete=models.SET_NULL, null=True, blank=True, related_name="tasks"
    )
    start_on = models.DateField(null=True, blank=True)
    due_on = models.DateField(null=True, blank=True)
    estimated_minutes = models.PositiveIntegerField(null=True, blank=True)
    is_billable = models.BooleanField(default=True)
    hourly_rate = MoneyField(null=True, blank=True)
    is_public = models.BooleanField(default=False)
    visible_to_client = models.BooleanField(default=False)
    position = models.PositiveIntegerField(default=0)
    finished_at = models.DateTimeField(null=True, blank=True)
    assignees = models.ManyToManyField(
        settings.AUTH_USER_MODEL, through="TaskAssignee", related_name="tasks"
    )
    followers = models.ManyToManyField(
        settings.AUTH_USER_MODEL, blank=True, related_name="followed_tasks"
    )
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    objects = TaskQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-pk"]
        indexes = [
            models.Index(fields=["subject_type", "subject_id"]),
            models.Index(fields=["status", "due_on"]),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("task-page", args=[self.pk])


class TaskAssignee(models.Model):
    """Somebody who is to do a task."""

    tool = "tasks"
    task = models.ForeignKey(Task, on_delete=models.CASCADE, related_name="assignments")
    staff = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="assignments"
    )
    assigned_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["task", "staff"], name="assignee_once_a_task")
        ]

    def __str__(self) -> str:
        return f"{self.staff}: {self.task}"

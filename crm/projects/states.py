from django.db import models


class ProjectStatus(models.TextChoices):
    NOT_STARTED = "not_started", "Not started"
    IN_PROGRESS = "in_progress", "In progress"
    ON_HOLD = "on_hold", "On hold"
    FINISHED = "finished"
    CANCELLED = "cancelled"


class BillingType(models.TextChoices):
    FIXED_RATE = "fixed_rate", "Fixed price"
    PROJECT_HOURS = "project_hours", "Hours at the project's rate"
    TASK_HOURS = "task_hours", "Hours at each task's rate"


CLOSED = (ProjectStatus.FINISHED, ProjectStatus.CANCELLED)

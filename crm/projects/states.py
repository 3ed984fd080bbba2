from django.db import models


class ProjectStatus(models.TextChoices):
    NOT_STARTED = "not_started"
    IN_PROGRESS = "in_progress"
    ON_HOLD = "on_hold"
    FINISHED = "finished"
    CANCELLED = "cancelled"


class BillingType(models.TextChoices):
    FIXED_RATE = "fixed_rate"
    PROJECT_HOURS = "project_hours"
    TASK_HOURS = "task_hours"


CLOSED = (ProjectStatus.FINISHED, ProjectStatus.CANCELLED)

from django.db import models


class TaskStatus(models.TextChoices):
    NOT_STARTED = "not_started"
    AWAITING_FEEDBACK = "awaiting_feedback"
    TESTING = "testing"
    IN_PROGRESS = "in_progress"
    COMPLETE = "complete"


class TaskPriority(models.TextChoices):
    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"
    URGENT = "urgent"

"""How far a task is and how pressing."""

from django.db import models


class TaskStatus(models.TextChoices):
    NOT_STARTED = "not_started", "Not started"
    AWAITING_FEEDBACK = "awaiting_feedback", "Awaiting feedback"
    TESTING = "testing"
    IN_PROGRESS = "in_progress", "In progress"
    COMPLETE = "complete"


class TaskPriority(models.TextChoices):
    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"
    URGENT = "urgent"


# The lanes of a board, in the order in which work goes through them.
LANES = (
    TaskStatus.NOT_STARTED,
    TaskStatus.IN_PROGRESS,
    TaskStatus.AWAITING_FEEDBACK,
    TaskStatus.TESTING,
    TaskStatus.COMPLETE,
)

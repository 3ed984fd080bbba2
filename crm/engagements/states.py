"""What an engagement can be, and the way it takes."""

from django.db import models

from agency.workflow import Workflow


class EngagementType(models.TextChoices):
    RETAINER = "retainer"
    PROJECT = "project"
    CONSULTING = "consulting"


class EngagementStatus(models.TextChoices):
    ACTIVE = "active"
    PAUSED = "paused"
    COMPLETED = "completed"
    CANCELLED = "cancelled"


class MarginSource(models.TextChoices):
    """Where a margin comes from: somebody typed it, or it follows from revenue and cost."""

    TYPED = "typed"
    COMPUTED = "computed"
    UNKNOWN = "unknown"


# An engagement is never deleted: a cancelled one is at its end.
ENGAGEMENT_WORKFLOW = Workflow(
    {
        EngagementStatus.ACTIVE: [
            EngagementStatus.PAUSED,
            EngagementStatus.COMPLETED,
            EngagementStatus.CANCELLED,
        ],
        EngagementStatus.PAUSED: [
            EngagementStatus.ACTIVE,
            EngagementStatus.COMPLETED,
            EngagementStatus.CANCELLED,
        ],
        EngagementStatus.COMPLETED: [EngagementStatus.ACTIVE],
    }
)

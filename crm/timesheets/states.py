from django.db import models

from agency.workflow import Workflow


class TimeStatus(models.TextChoices):
    DRAFT = "draft"
    APPROVED = "approved"
    REJECTED = "rejected"


TIME_WORKFLOW = Workflow(
    {
        TimeStatus.DRAFT: [TimeStatus.APPROVED, TimeStatus.REJECTED],
        TimeStatus.REJECTED: [TimeStatus.DRAFT],  # by editing it
        TimeStatus.APPROVED: [TimeStatus.DRAFT],  # taken back while not invoiced
    }
)

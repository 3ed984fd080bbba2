from django.db import models

from agency.workflow import Workflow


class BudgetStatus(models.TextChoices):
    DRAFT = "draft"
    ACTIVE = "active"
    COMPLETED = "completed"
    ARCHIVED = "archived"


class BudgetType(models.TextChoices):
    SPRINTS = "sprints"
    RETAINER = "retainer"
    TIME_AND_MATERIALS = "time_and_materials", "Time & Materials"
    FIXED_PRICE = "fixed_price", "Fixed Price"


class ResourceType(models.TextChoices):
    PROJECT = "project"
    DEAL = "deal"
    COMPANY = "company"


# The document lets a client set any status; staff may as well take a step back.
BUDGET_WORKFLOW = Workflow(
    {status: [other for other in BudgetStatus if other != status] for status in BudgetStatus}
)

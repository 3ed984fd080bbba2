import re

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


# What people also write for a type.
SPELLINGS = {
    "sprint": BudgetType.SPRINTS,
    "t_and_m": BudgetType.TIME_AND_MATERIALS,
    "tm": BudgetType.TIME_AND_MATERIALS,
    "time_materials": BudgetType.TIME_AND_MATERIALS,
    "fixed": BudgetType.FIXED_PRICE,
}


def budget_type_of(text: str) -> str | None:
    """The type behind a value or a label in any case, with “&” or “and”; None if it is none."""
    words = re.findall(r"[a-z0-9]+", text.casefold().replace("&", " and "))
    key = "_".join(words)
    return key if key in BudgetType.values else SPELLINGS.get(key)


# The document lets a client set any status; staff may as well take a step back.
BUDGET_WORKFLOW = Workflow(
    {status: [other for other in BudgetStatus if other != status] for status in BudgetStatus}
)

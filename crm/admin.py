"""The admin finds these here; each slice owns its own."""

from crm.contacts import admin as contacts
from crm.customers import admin as customers
from crm.deals import admin as deals
from crm.engagements import admin as engagements
from crm.onboarding import admin as onboarding
from crm.projects import admin as projects
from crm.tasks import admin as tasks
from crm.timesheets import admin as timesheets

__all__ = [
    "contacts",
    "customers",
    "deals",
    "engagements",
    "onboarding",
    "projects",
    "tasks",
    "timesheets",
]

"""Django looks for models here; each slice owns its own."""

from crm.contacts.models import Contact
from crm.customers.models import Customer
from crm.deals.models import Deal
from crm.engagements.models import Engagement
from crm.onboarding.models import OnboardingMilestone
from crm.projects.models import Milestone, Project, ProjectMember
from crm.tasks.models import Task, TaskAssignee
from crm.timesheets.models import TimeEntry

__all__ = [
    "Contact",
    "Customer",
    "Deal",
    "Engagement",
    "Milestone",
    "OnboardingMilestone",
    "Project",
    "ProjectMember",
    "Task",
    "TaskAssignee",
    "TimeEntry",
]

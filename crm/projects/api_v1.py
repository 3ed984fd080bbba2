"""``/api/v1/projects`` and ``/api/v1/customers/:id/projects``."""

from functools import partial

from rest_framework.serializers import IntegerField

from agency.api.fields import AmountIn, HoursIn, HoursOut, PlainOut
from agency.api.names import Fields
from agency.api.v1.fields import Code, Codes
from agency.api.v1.lookups import currency
from agency.api.v1.names import V1Names
from agency.api.v1.people import People
from agency.api.v1.views import V1ViewSet
from crm.projects import operations
from crm.projects.filters import ProjectFilter
from crm.projects.models import Project
from crm.projects.states import BillingType, ProjectStatus

STATUSES = Codes(
    (1, "not started", ProjectStatus.NOT_STARTED),
    (2, "in progress", ProjectStatus.IN_PROGRESS),
    (3, "on hold", ProjectStatus.ON_HOLD),
    (4, "finished", ProjectStatus.FINISHED),
    (5, "cancelled", ProjectStatus.CANCELLED),
)
BILLING_TYPES = Codes(
    (1, "fixed rate", BillingType.FIXED_RATE),
    (2, "project hours", BillingType.PROJECT_HOURS),
    (3, "task hours", BillingType.TASK_HOURS),
)
RateOut = partial(PlainOut, least=2)
RateIn = partial(AmountIn, allow_null=True, min_value=0)
ProgressIn = partial(IntegerField, min_value=0, max_value=100)


class ProjectNames(V1Names):
    """A body of work for a customer, or for the agency itself, which has no ``clientid``."""

    model = Project
    shown = {
        "id": "pk",
        "client_name": "customer.name",
        "datecreated": "created_at",
        "addedfrom": "created_by",
    }
    both = {
        "name": "name",
        "clientid": "customer",
        "description": "description",
        "status": Code("status", STATUSES),
        "billing_type": Code("billing_type", BILLING_TYPES),
        "start_date": "start_on",
        "deadline": "deadline_on",
        "currency": currency(),
        "project_cost": "cost",
        "project_rate_per_hour": Fields("hourly_rate", out=RateOut, into=RateIn),
        "estimated_hours": Fields(
            "estimated_minutes", out=HoursOut, into=partial(HoursIn, allow_null=True)
        ),
        "progress": Fields("progress", out=IntegerField, into=ProgressIn),
        "project_members": People("members", "team"),
    }
    required = {"name", "clientid"}
    accepts = {"customer_id": "clientid"}


class ProjectV1ViewSet(V1ViewSet):
    """The projects, with the people who work on each."""

    tool = "projects"
    operations = operations
    names = ProjectNames
    one = "project"
    queryset = Project.objects.listing()
    filterset_class = ProjectFilter
    filters = {
        "clientid": "company_id",
        "status": "status",
        "billing_type": "billing_type",
        "search": "search",
    }


class CustomerProjects(ProjectV1ViewSet):
    """The projects of one customer."""

    under = ("crm.Customer", "customer")

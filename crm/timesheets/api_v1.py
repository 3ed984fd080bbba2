"""``/api/v1/timesheets``."""

from functools import partial

from django.db.models import Q
from rest_framework.serializers import BooleanField, IntegerField

from agency.api.fields import AmountIn, HoursOut, IdIn, PersonName, PlainOut
from agency.api.names import Fields
from agency.api.v1.names import V1Names
from agency.api.v1.views import V1ViewSet
from crm.timesheets import spans
from crm.timesheets.filters import TimeEntryFilter
from crm.timesheets.models import TimeEntry

Key = partial(IntegerField, read_only=True)
RateOut = partial(PlainOut, least=2)
RateIn = partial(AmountIn, allow_null=True, min_value=0)


class TimesheetNames(V1Names):
    """Time worked. A timer that runs has a start and no end; time logged by hours has neither."""

    model = TimeEntry
    shown = {
        "id": "pk",
        "task_name": "task.title",
        "staff_name": Fields("staff", out=PersonName),
        "project_id": Fields("project_id", out=Key),
        "project_name": "project.name",
        "date": "date",
        "time_spent": Fields("minutes", out=HoursOut),
        "amount": "amount",
        "currency_name": "currency",
        "billed": Fields("is_billed", out=partial(BooleanField, read_only=True)),
        "invoice_id": Fields("invoice_line.invoice_id", out=Key),
        "status": "status",
        "datecreated": "created_at",
    }
    both = {
        "task_id": Fields("task_id", out=Key, into=IdIn),
        "staff_id": Fields("staff_id", out=Key, into=IdIn),
        "start_time": "started_at",
        "end_time": "ended_at",
        "note": "description",
        "billable": "is_billable",
        "hourly_rate": Fields("rate", out=RateOut, into=RateIn),
    }
    required = {"task_id", "staff_id", "start_time"}


class TimesheetV1ViewSet(V1ViewSet):
    """The time of those whom the caller sees."""

    tool = "time"
    operations = spans
    names = TimesheetNames
    one = "timesheet"
    queryset = TimeEntry.objects.listing().annotate(is_billed=Q(invoice_line__isnull=False))
    filterset_class = TimeEntryFilter
    filters = {
        "task_id": "task_id",
        "staff_id": "user_id",
        "date_from": "date_from",
        "date_to": "date_to",
    }

    def wire_name(self, field: str) -> str:
        """What follows from start and end is refused by their names."""
        return FOLLOWS.get(field) or super().wire_name(field)

    def destroy(self, request, *args, **kwargs):
        """Remove time that is neither approved nor billed."""
        return super().destroy(request, *args, **kwargs)

    destroy.level = "update"


FOLLOWS = {"date": "start_time", "minutes": "end_time"}

"""``/time_entries.json``, with and without a project."""

from datetime import UTC, date, datetime, time, timedelta

from django.db.models import Q
from rest_framework import serializers

from agency.api.fields import IdIn, TextIn
from agency.api.teamwork import names
from agency.api.teamwork.fields import (
    AmountText,
    DateIn,
    FlagIn,
    FlagOut,
    MomentOut,
    MoneyText,
    TextOut,
)
from agency.api.teamwork.projects import OfProjectMixin
from agency.api.teamwork.views import TeamworkViewSet
from agency.reference import organisation
from crm.timesheets import operations
from crm.timesheets.durations import DAY_MINUTES
from crm.timesheets.models import TimeEntry

HOUR = 60


class LoggedAt(MomentOut):
    """When the work began; the first moment of its day where nobody noted a time."""

    @property
    def paths(self) -> list[str]:
        return ["date", "started_at"]

    def convert(self, day: date, began: datetime | None):
        zone = organisation.current().zone
        return super().convert(began or datetime.combine(day, time(), zone))


class Hours(TextOut):
    """The whole hours of some minutes."""

    def convert(self, minutes: int):
        return str(minutes // HOUR)


class Minutes(TextOut):
    """The minutes beyond the whole hours."""

    def convert(self, minutes: int):
        return str(minutes % HOUR)


TimeEntryRow = names.row(
    "TimeEntry",
    TimeEntry,
    {
        "id": "pk",
        "project-id": "project_id",
        "project-name": "project.name",
        "company-id": "customer_id",
        "company-name": "customer.name",
        "person-id": "staff_id",
        "person-first-name": "staff.first_name",
        "person-last-name": "staff.last_name",
        "todo-item-id": "task_id",
        "todo-item-name": "task.title",
        "description": "description",
        "date": LoggedAt(source="date"),
        "has-start-time": FlagOut(source="has_start"),
        "hours": Hours(source="minutes"),
        "minutes": Minutes(source="minutes"),
        "isbillable": FlagOut(source="is_billable"),
        "isbilled": FlagOut(source="is_billed"),
        "rate": MoneyText(source="rate"),
        "invoice-id": "invoice_line.invoice_id",
        "invoiceNo": "invoice_line.invoice.number",
    },
)


class TimeEntryFields(
    names.body(
        "TimeEntryFields",
        {
            "description": TextIn(max_length=4000),
            "person-id": IdIn(source="staff_id", required=False),
            "todo-item-id": IdIn(source="task_id", required=False),
            "date": DateIn(),
            "time": serializers.TimeField(required=False, input_formats=["%H:%M", "%H:%M:%S"]),
            "hours": serializers.IntegerField(required=False, min_value=0, max_value=24),
            "minutes": serializers.IntegerField(required=False, min_value=0, max_value=DAY_MINUTES),
            "isbillable": FlagIn(source="is_billable", required=False),
            "rate": AmountText(required=False, min_value=0),
        },
    )
):
    """Time on a project; the caller's own unless ``person-id`` names somebody else."""

    def validate(self, values):
        values["minutes"] = values.pop("hours", 0) * HOUR + values.get("minutes", 0)
        began = values.pop("time", None)
        if began is not None:
            start = datetime.combine(values["date"], began, organisation.current().zone)
            start = start.astimezone(UTC)
            values["started_at"] = start
            values["ended_at"] = start + timedelta(minutes=values["minutes"])
        return values


class TimeEntryTeamworkViewSet(OfProjectMixin, TeamworkViewSet):
    """The time of those whom the caller sees."""

    tool = "time"
    operations = operations
    one, many, id_key = "time-entry", "time-entries", "timeLogId"
    row_class = TimeEntryRow
    serializer_class = TimeEntryFields

    @property
    def queryset(self):
        flags = {
            "is_billed": Q(invoice_line__isnull=False),
            "has_start": Q(started_at__isnull=False),
        }
        return TimeEntry.objects.listing().annotate(**flags)

    def get_queryset(self):
        rows, project = super().get_queryset(), self.project()
        return rows if project is None else rows.filter(project=project)

    def create(self, request, *args, **kwargs):
        project = self.project()
        values = self.body()
        if "task_id" not in values:
            values["project_id"] = project.pk
        made = operations.create(by=request.user, **values)
        return self.made(made.pk)

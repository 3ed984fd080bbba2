"""``/api/tasks``."""

from rest_framework import serializers

from agency.api.agency import AgencyViewSet
from agency.api.answers import answers
from agency.api.fields import (
    AmountIn,
    HoursIn,
    HoursOut,
    IdField,
    PeopleIds,
    PeopleNames,
    PlainOut,
    RelatedId,
    RelatedIds,
    TextIn,
    id_of,
)
from agency.api.rows import ColumnMixin, RowSerializer, StrictSerializer
from agency.api.shapes import ID_IN
from agency.api.viewsets import action
from crm.tasks import operations, resources
from crm.tasks.filters import TaskFilter
from crm.tasks.models import Task
from crm.tasks.states import TaskPriority, TaskStatus


class ResourceType(ColumnMixin, serializers.ChoiceField):
    """The kind of record that a task belongs to, a customer spelled as in the other documents."""

    def __init__(self, **kwargs) -> None:
        shown = [self.convert(kind) for kind in resources.KINDS]
        super().__init__(choices=shown, **kwargs)

    def convert(self, kind):
        return "company" if kind == "customer" else kind or None


class ResourceId(serializers.CharField):
    """The id of that record, as a number or a text."""

    schema_in = ID_IN


class TaskRow(RowSerializer):
    id = IdField()
    title = serializers.CharField()
    description = serializers.CharField()
    status = serializers.ChoiceField(choices=TaskStatus.choices)
    priority = serializers.ChoiceField(choices=TaskPriority.choices)
    resource_type = ResourceType(source="subject_type", allow_null=True)
    resource_id = IdField(source="subject_id")
    project_id = IdField()
    project_name = serializers.CharField(source="project.name")
    company_id = IdField(source="customer_id")
    company_name = serializers.CharField(source="customer.name")
    milestone_id = IdField()
    milestone_name = serializers.CharField(source="milestone.name")
    assignee_ids = PeopleIds(source="people")
    assignee_names = PeopleNames(source="people")
    start_date = serializers.DateField(source="start_on")
    due_date = serializers.DateField(source="due_on")
    billable = serializers.BooleanField(source="is_billable")
    hourly_rate = PlainOut(least=2)
    estimated_hours = HoursOut(source="estimated_minutes")
    logged_hours = HoursOut(source="logged_minutes")
    is_public = serializers.BooleanField()
    visible_to_client = serializers.BooleanField()
    position = serializers.IntegerField()
    completed_at = serializers.DateTimeField(source="finished_at")
    created_by = IdField(source="created_by_id")
    created_at = serializers.DateTimeField()
    updated_at = serializers.DateTimeField()


class TaskBody(StrictSerializer):
    """A task; ``resource_type`` and ``resource_id`` together say what it belongs to."""

    title = serializers.CharField(max_length=300)
    description = TextIn(max_length=20_000)
    status = serializers.ChoiceField(choices=TaskStatus.choices, required=False)
    priority = serializers.ChoiceField(choices=TaskPriority.choices, required=False)
    resource_type = serializers.ChoiceField(
        choices=resources.WORDS, required=False, allow_null=True
    )
    resource_id = ResourceId(source="subject_id", required=False, allow_null=True, max_length=20)
    assignee_ids = RelatedIds("staff.Staff", source="assignees", required=False)
    milestone_id = RelatedId("crm.Milestone", source="milestone", required=False, allow_null=True)
    start_date = serializers.DateField(source="start_on", required=False, allow_null=True)
    due_date = serializers.DateField(source="due_on", required=False, allow_null=True)
    billable = serializers.BooleanField(source="is_billable", required=False)
    hourly_rate = AmountIn(required=False, allow_null=True, min_value=0)
    estimated_hours = HoursIn(source="estimated_minutes", required=False, allow_null=True)
    is_public = serializers.BooleanField(required=False)
    visible_to_client = serializers.BooleanField(required=False)
    position = serializers.IntegerField(required=False, min_value=0, max_value=1_000_000)

    def validate(self, values: dict) -> dict:
        """Put the record itself in the place of its kind and id."""
        if "resource_type" not in values and "subject_id" not in values:
            return values
        kind = values.pop("resource_type", None)
        sent = values.pop("subject_id", None)
        values["subject"] = self.subject(kind, sent) if kind or sent else None
        return values

    def subject(self, kind: str | None, sent: str | None):
        if not (kind and sent):
            missing = "resource_id" if kind else "resource_type"
            message = "Send resource_type and resource_id together."
            raise serializers.ValidationError({missing: [message]})
        pk = id_of(sent)
        staff = self.context["request"].user
        found = None if pk is None else resources.find(kind, pk, staff=staff)
        if found is None:
            message = f"There is no {kind} {sent}."
            raise serializers.ValidationError({"resource_id": [message]})
        return found


class TaskViewSet(AgencyViewSet):
    """Pieces of work, with the people who do them."""

    tool = "tasks"
    operations = operations
    one, many = "task", "tasks"
    row_class = TaskRow
    serializer_class = TaskBody
    filterset_class = TaskFilter
    queryset = Task.objects.listing()
    sorts = {
        "title": "title",
        "status": "status",
        "due_date": "due_on",
        "start_date": "start_on",
        "project_name": "project__name",
        "position": "position",
        "created_at": "created_at",
        "updated_at": "updated_at",
    }

    @action(level="update", detail=True, methods=["post"])
    @answers(one=True)
    def complete(self, request, pk):
        return self.answer(self.change(operations.complete))

    @action(level="update", detail=True, methods=["post"])
    @answers(one=True)
    def reopen(self, request, pk):
        return self.answer(self.change(operations.reopen))

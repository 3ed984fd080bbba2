"""``/api/history/:resourceType/:resourceId``."""

from django.db.models import CharField, F, Value
from django.db.models.functions import Concat, NullIf, Trim
from django.http import Http404
from rest_framework import serializers
from rest_framework.response import Response

from agency.api.answers import answers
from agency.api.fields import IdField
from agency.api.rows import RowSerializer
from agency.api.viewsets import ToolViewSet
from agency.records import history, subjects
from agency.records.events.models import Event

MOST = 200


class Details(serializers.JSONField):
    """What changed: ``{field: [before, after]}``, or facts about the step."""

    schema = {"type": "object", "additionalProperties": True}


class EntryRow(RowSerializer):
    """One step in a record's history; ``actor`` is empty where the system itself acted."""

    id = IdField()
    resource_type = serializers.CharField(source="asked_as")
    resource_id = IdField(source="subject_id")
    actor_id = IdField(source="by_id")
    action = serializers.CharField(source="verb")
    details = Details(source="changes")
    created_at = serializers.DateTimeField(source="happened_at")
    actor_name = serializers.CharField(allow_null=True)


class HistoryViewSet(ToolViewSet):
    """Who did what to a record, newest first."""

    queryset = Event.objects.all()
    row_class = EntryRow

    @property
    def tool(self) -> str:
        """The tool of the record that is asked about; 404 for a kind that nobody knows."""
        return self.right.partition(":")[0]

    @property
    def level(self) -> str:
        return self.right.partition(":")[2]

    @property
    def right(self) -> str:
        if "resource_type" not in self.kwargs:
            raise AttributeError("The right follows from the path.")  # OpenAPI looks without one
        model = subjects.model_of(self.kwargs["resource_type"])
        if model is None:
            raise Http404
        return subjects.right_to_see(model)

    @answers({"entries": [EntryRow]}, errors=(404,))
    def retrieve(self, request, resource_type, resource_id):
        pk = self.key("resource_id")
        events = history.readable(resource_type, pk, staff=request.user)
        if events is None:
            raise Http404
        name = Trim(Concat(F("by__first_name"), Value(" "), F("by__last_name")))
        rows = events.annotate(
            asked_as=Value(resource_type, output_field=CharField()),
            actor_name=NullIf(name, Value("")),
        )
        return Response({"entries": self.rows().rows(rows[:MOST])})

    retrieve.permission = "<resource>:view"

"""``/api/projects`` and ``/api/projects/:id/milestones``."""

from django.db.models import Q
from django.http import Http404
from rest_framework import serializers
from rest_framework.response import Response

from agency.api.agency import AgencyViewSet
from agency.api.answers import answers
from agency.api.fields import (
    AmountIn,
    CurrencyIn,
    HoursIn,
    HoursOut,
    IdField,
    MoneyOut,
    PeopleIds,
    PeopleNames,
    PlainOut,
    RelatedId,
    RelatedIds,
    TextIn,
    id_of,
)
from agency.api.rows import RowSerializer, StrictSerializer
from crm.projects import milestones, operations
from crm.projects.filters import ProjectFilter
from crm.projects.models import Milestone, Project
from crm.projects.states import BillingType, ProjectStatus


class ProjectRow(RowSerializer):
    id = IdField()
    name = serializers.CharField()
    company_id = IdField(source="customer_id")
    company_name = serializers.CharField(source="customer.name")
    owner_id = IdField()
    owner_name = serializers.CharField(allow_null=True)
    member_ids = PeopleIds(source="team")
    member_names = PeopleNames(source="team")
    description = serializers.CharField()
    status = serializers.ChoiceField(choices=ProjectStatus.choices)
    billing_type = serializers.ChoiceField(choices=BillingType.choices)
    currency = serializers.CharField()
    budgeted_cost = MoneyOut(source="cost")
    hourly_rate = PlainOut(least=2)
    estimated_hours = HoursOut(source="estimated_minutes")
    progress = serializers.IntegerField()
    start_date = serializers.DateField(source="start_on")
    deadline = serializers.DateField(source="deadline_on")
    is_archived = serializers.BooleanField(source="archived")
    created_by = IdField(source="created_by_id")
    created_at = serializers.DateTimeField()
    updated_at = serializers.DateTimeField()


class ProjectBody(StrictSerializer):
    """A project; ``member_ids`` names everybody who works on it."""

    name = serializers.CharField(max_length=200)
    company_id = RelatedId("crm.Customer", source="customer", required=False, allow_null=True)
    owner_id = RelatedId("staff.Staff", source="owner", required=False, allow_null=True)
    member_ids = RelatedIds("staff.Staff", source="members", required=False)
    description = TextIn(max_length=20_000)
    status = serializers.ChoiceField(choices=ProjectStatus.choices, required=False)
    billing_type = serializers.ChoiceField(choices=BillingType.choices, required=False)
    currency = CurrencyIn(required=False)
    budgeted_cost = AmountIn(source="cost", required=False, allow_null=True, min_value=0)
    hourly_rate = AmountIn(required=False, allow_null=True, min_value=0)
    estimated_hours = HoursIn(source="estimated_minutes", required=False, allow_null=True)
    progress = serializers.IntegerField(required=False, min_value=0, max_value=100)
    start_date = serializers.DateField(source="start_on", required=False, allow_null=True)
    deadline = serializers.DateField(source="deadline_on", required=False, allow_null=True)


class ProjectUpdate(ProjectBody):
    """What may change on a project."""

    is_archived = serializers.BooleanField(required=False)


class ProjectViewSet(AgencyViewSet):
    """Bodies of work, with the people who do them."""

    tool = "projects"
    operations = operations
    one, many = "project", "projects"
    row_class = ProjectRow
    serializer_class = ProjectBody
    filterset_class = ProjectFilter
    queryset = Project.objects.listing().annotate(archived=Q(archived_at__isnull=False))
    sorts = {
        "name": "name",
        "company_name": "customer__name",
        "status": "status",
        "start_date": "start_on",
        "deadline": "deadline_on",
        "created_at": "created_at",
        "updated_at": "updated_at",
    }

    def get_serializer_class(self):
        return ProjectBody if self.action == "create" else ProjectUpdate


class MilestoneRow(RowSerializer):
    id = IdField()
    project_id = IdField()
    name = serializers.CharField()
    description = serializers.CharField()
    due_date = serializers.DateField(source="due_on")
    position = serializers.IntegerField()
    completed = serializers.BooleanField()
    completed_at = serializers.DateTimeField()
    task_count = serializers.IntegerField()
    open_task_count = serializers.IntegerField()
    created_at = serializers.DateTimeField()
    updated_at = serializers.DateTimeField()


class MilestoneBody(StrictSerializer):
    """A milestone; without a position it comes last."""

    name = serializers.CharField(max_length=200)
    description = TextIn(max_length=4000)
    due_date = serializers.DateField(source="due_on", required=False, allow_null=True)
    position = serializers.IntegerField(required=False, min_value=0, max_value=100_000)
    completed = serializers.BooleanField(source="is_completed", required=False)


class MilestoneOrder(StrictSerializer):
    """``ids``: every milestone of the project, in the order wanted."""

    ids = serializers.ListField(child=serializers.CharField(max_length=20), max_length=1000)


class MilestoneViewSet(AgencyViewSet):
    """The dates that one project works towards."""

    tool = "projects"
    operations = milestones
    one, many = "milestone", "milestones"
    row_class = MilestoneRow
    serializer_class = MilestoneBody
    queryset = Milestone.objects.listing().annotate(completed=Q(completed_at__isnull=False))

    def project(self) -> Project:
        """The project of the path, 404 where the caller may not see it."""
        seen = Project.objects.visible_to(self.request.user)
        pk = id_of(self.kwargs["project_pk"])
        found = None if pk is None else seen.filter(pk=pk).first()
        if found is None:
            raise Http404
        return found

    def get_queryset(self):
        return self.queryset.filter(project=self.project())

    def create(self, request, *args, **kwargs):
        made = milestones.create(by=request.user, project=self.project(), **self.body())
        return self.answer(made, status=201)

    def destroy(self, request, *args, **kwargs):
        return super().destroy(request, *args, **kwargs)

    destroy.level = "update"

    @answers(ok=True, body=MilestoneOrder)
    def reorder(self, request, *args, **kwargs):
        ids = self.body(serializer_class=MilestoneOrder)["ids"]
        milestones.reorder(self.project(), [id_of(one) or 0 for one in ids], by=request.user)
        return Response({"ok": True})

    reorder.level = "update"

"""A small resource of its own, to show what every resource of ``/api`` gets from its base."""

from types import SimpleNamespace

import django_filters as filters
from django.db import transaction
from django.urls import include, path
from rest_framework import serializers
from rest_framework.routers import SimpleRouter

from agency.api.agency import AgencyViewSet
from agency.api.fields import AmountIn, IdField, MoneyOut, RelatedId
from agency.api.rows import RowSerializer, StrictSerializer
from agency.api.schema import answers
from agency.api.viewsets import action
from agency.errors import BusinessError, StateError
from agency.staff.models import Role, Staff


def create(*, by, **values):
    if values.get("title") == "Nobody":
        raise BusinessError("Nobody is not a title.", field="title")
    role = Role.objects.get(key="employee")
    return Staff.objects.create(role=role, email=f"{Staff.objects.count()}@office.test", **values)


@transaction.atomic
def update(person, *, by, **values):
    person = Staff.objects.select_for_update().get(pk=person.pk)
    for name, value in values.items():
        setattr(person, name, value)
    person.save(update_fields=[*values, "updated_at"])
    return person


def delete(person, *, by):
    if person.pk == by.pk:
        raise StateError("Nobody deletes themselves.")
    person.delete()


class PersonRow(RowSerializer):
    id = IdField()
    first_name = serializers.CharField()
    title = serializers.CharField()
    role_id = IdField()
    role_name = serializers.CharField(source="role.name")
    hourly_rate = MoneyOut(currency="title")
    created_at = serializers.DateTimeField()


class PersonBody(StrictSerializer):
    first_name = serializers.CharField(max_length=80)
    title = serializers.CharField(max_length=80, required=False, allow_blank=True)
    hourly_rate = AmountIn(required=False, allow_null=True, min_value=0)
    weekly_minutes = serializers.IntegerField(required=False, min_value=0, max_value=10_080)
    position = serializers.IntegerField(required=False, source="weekly")
    is_active = serializers.BooleanField(required=False)
    lead_id = RelatedId("staff.Staff", required=False, source="last_name")
    since = serializers.DateField(required=False, source="created_at")


class PersonFilter(filters.FilterSet):
    role_id = filters.NumberFilter(field_name="role_id")
    title = filters.CharFilter()
    is_active = filters.BooleanFilter()


class PersonViewSet(AgencyViewSet):
    tool = "staff"
    one, many = "person", "people"
    queryset = Staff.objects.all()
    row_class, serializer_class, filterset_class = PersonRow, PersonBody, PersonFilter
    operations = SimpleNamespace(create=create, update=update, delete=delete)
    sorts = {"name": "first_name", "title": "title"}

    @action(detail=True, methods=["post"], level="update")
    @answers(one=True, tagged=True)
    def greet(self, request, pk):
        """Greet a person."""
        return self.answer(self.change(update, title="Greeted"))

    @action(detail=False, methods=["post"], level="manage")
    @answers({"greeted": int}, status=201)
    def greet_all(self, request):
        raise RuntimeError("The greeter is broken.")


router = SimpleRouter(trailing_slash=False)
router.register("people", PersonViewSet, basename="office-person")
urlpatterns = [
    path("api/office/", include(router.urls)),
    path("", include("agency.urls")),
]

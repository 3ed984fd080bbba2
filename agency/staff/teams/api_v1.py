"""``/api/v1/departments``."""

from agency.api.v1.names import V1Names
from agency.api.v1.views import LookupViewSet
from agency.staff.teams.models import Department


class DepartmentNames(V1Names):
    """A part of the agency."""

    model = Department
    shown = {"id": "pk", "departmentid": "pk", "name": "name", "email": "email"}


class DepartmentViewSet(LookupViewSet):
    """The departments of the agency."""

    names = DepartmentNames
    one = "department"
    queryset = Department.objects.order_by("pk")

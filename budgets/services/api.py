"""``/api/service-types``: everybody with budgets:view reads them, writes need budgets:manage."""

from rest_framework import serializers
from rest_framework.response import Response

from agency import money
from agency.api.agency import AgencyViewSet
from agency.api.fields import AmountIn, IdField, PlainOut, TextIn
from agency.api.rows import RowSerializer, StrictSerializer
from agency.api.schema import answers
from agency.api.viewsets import action
from budgets.services import operations
from budgets.services.filters import ServiceTypeFilter
from budgets.services.models import ServiceType
from budgets.services.wire import LARGEST_POSITION, OrderOfIds


class ServiceTypeRow(RowSerializer):
    id = IdField()
    name = serializers.CharField()
    description = serializers.CharField()
    default_rate = PlainOut(least=2)
    unit = serializers.CharField()
    category = serializers.CharField()
    position = serializers.IntegerField()
    is_active = serializers.BooleanField()
    created_at = serializers.DateTimeField()
    updated_at = serializers.DateTimeField()


class ServiceTypeBody(StrictSerializer):
    name = serializers.CharField(max_length=120)
    description = TextIn(max_length=4000)
    default_rate = AmountIn(required=False, min_value=money.ZERO)
    unit = serializers.CharField(required=False, max_length=30)
    category = TextIn(max_length=60)
    position = serializers.IntegerField(required=False, min_value=0, max_value=LARGEST_POSITION)
    is_active = serializers.BooleanField(required=False)


class ServiceOrder(StrictSerializer):
    """``ids``: every service type, in the order wanted."""

    ids = OrderOfIds()


class ServiceTypeViewSet(AgencyViewSet):
    """What the agency sells by the hour or the piece."""

    tool = "budgets"
    operations = operations
    one, many = "service_type", "service_types"
    queryset = ServiceType.objects.listing()
    row_class, serializer_class = ServiceTypeRow, ServiceTypeBody
    filterset_class = ServiceTypeFilter
    sorts = {
        "name": "name",
        "position": "position",
        "category": "category",
        "default_rate": "default_rate",
        "created_at": "created_at",
        "updated_at": "updated_at",
    }

    def create(self, request, *args, **kwargs):
        """Add a service type."""
        return super().create(request, *args, **kwargs)

    def update(self, request, *args, **kwargs):
        """Change a service type."""
        return super().update(request, *args, **kwargs)

    def partial_update(self, request, *args, **kwargs):
        """Change a service type."""
        return super().partial_update(request, *args, **kwargs)

    create.level = update.level = partial_update.level = "manage"

    @action(detail=False, methods=["put"], level="manage")
    @answers(ok=True, body=ServiceOrder)
    def reorder(self, request):
        """Put all service types in a new order."""
        ids = self.body(serializer_class=ServiceOrder)["ids"]
        operations.reorder(ids, by=request.user)
        return Response({"ok": True})

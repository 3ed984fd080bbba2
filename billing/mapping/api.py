"""``/api/invoices/mapping-rules``."""

from django.apps import apps
from django.http import Http404
from rest_framework import serializers
from rest_framework.response import Response

from agency.api.answers import answers
from agency.api.fields import IdField, TextIn, id_of
from agency.api.rows import RowSerializer, StrictSerializer
from agency.api.viewsets import ToolViewSet
from billing.mapping import operations
from billing.mapping.models import MappingRule


class MappingRuleRow(RowSerializer):
    model = MappingRule

    id = IdField()
    service_type_id = IdField()
    service_type_name = serializers.CharField(source="service_type.name")
    xero_account_code = serializers.CharField()
    description = serializers.CharField()
    created_at = serializers.DateTimeField()
    updated_at = serializers.DateTimeField()


class MappingRuleBody(StrictSerializer):
    xero_account_code = serializers.RegexField(
        operations.ACCOUNT_CODE, error_messages={"invalid": operations.WRONG_CODE}
    )
    description = TextIn(max_length=200)


class MappingRuleViewSet(ToolViewSet):
    """The list of rules, and the rule of one service type."""

    tool = "invoices"
    queryset = MappingRule.objects.select_related("service_type")
    row_class = MappingRuleRow
    serializer_class = MappingRuleBody

    @answers({"rules": [MappingRuleRow]})
    def list(self, request):
        return Response({"rules": self.rows().rows(self.get_queryset())})

    @answers({"rule": MappingRuleRow}, body=MappingRuleBody)
    def upsert(self, request, service_type_id):
        pk = id_of(service_type_id)
        services = apps.get_model("budgets", "ServiceType").objects
        service_type = services.filter(pk=pk).first() if pk is not None else None
        if service_type is None:
            raise Http404
        rule = operations.upsert(service_type, by=request.user, **self.body())
        return Response({"rule": self.rows().row(self.queryset.all(), rule.pk)})

    upsert.level = "manage"

"""``/api/deals``."""

from rest_framework import serializers

from agency.api.agency import AgencyViewSet
from agency.api.answers import answers
from agency.api.fields import AmountIn, CurrencyIn, IdField, MoneyOut, RelatedId, TextIn
from agency.api.rows import RowSerializer, StrictSerializer
from agency.api.viewsets import action
from crm.deals import operations
from crm.deals.filters import DealFilter
from crm.deals.models import Deal
from crm.deals.states import DealStage


class DealRow(RowSerializer):
    id = IdField()
    title = serializers.CharField()
    company_id = IdField(source="customer_id")
    company_name = serializers.CharField(source="customer.name")
    contact_id = IdField()
    contact_name = serializers.CharField(allow_null=True)
    pipeline = serializers.CharField()
    stage = serializers.ChoiceField(choices=DealStage.choices)
    value = MoneyOut()
    weighted_value = MoneyOut(source="weighted")
    currency = serializers.CharField()
    probability = serializers.IntegerField()
    close_date = serializers.DateField(source="close_on")
    closed_at = serializers.DateTimeField()
    lost_reason = serializers.CharField()
    owner_id = IdField()
    owner_name = serializers.CharField(allow_null=True)
    created_by = IdField(source="created_by_id")
    created_at = serializers.DateTimeField()
    updated_at = serializers.DateTimeField()


class DealBody(StrictSerializer):
    """A sales opportunity; the probability follows the stage unless one is sent."""

    title = serializers.CharField(max_length=200)
    company_id = RelatedId("crm.Customer", source="customer", required=False, allow_null=True)
    contact_id = RelatedId("crm.Contact", source="contact", required=False, allow_null=True)
    pipeline = serializers.CharField(required=False, max_length=60)
    stage = serializers.ChoiceField(choices=DealStage.choices, required=False)
    value = AmountIn(required=False, min_value=0)
    currency = CurrencyIn(required=False)
    probability = serializers.IntegerField(required=False, min_value=0, max_value=100)
    close_date = serializers.DateField(source="close_on", required=False, allow_null=True)
    lost_reason = TextIn(max_length=200)
    owner_id = RelatedId("staff.Staff", source="owner", required=False, allow_null=True)


class LostBody(StrictSerializer):
    """Why a deal was lost."""

    reason = TextIn(max_length=200)


class DealViewSet(AgencyViewSet):
    """Sales opportunities."""

    tool = "deals"
    operations = operations
    one, many = "deal", "deals"
    row_class = DealRow
    serializer_class = DealBody
    filterset_class = DealFilter
    queryset = Deal.objects.listing()
    sorts = {
        "title": "title",
        "company_name": "customer__name",
        "stage": "stage",
        "value": "value",
        "probability": "probability",
        "close_date": "close_on",
        "created_at": "created_at",
        "updated_at": "updated_at",
    }

    @action(level="update", detail=True, methods=["post"])
    @answers(one=True)
    def won(self, request, pk):
        return self.answer(self.change(operations.win))

    @action(level="update", detail=True, methods=["post"])
    @answers(one=True, body=LostBody)
    def lost(self, request, pk):
        return self.answer(self.change(operations.lose, **self.body(serializer_class=LostBody)))

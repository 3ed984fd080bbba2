"""What the agency dialect reads of a budget."""

from datetime import UTC, datetime

from django.apps import apps
from rest_framework import serializers

from agency import money
from agency.api.fields import AmountIn, CurrencyIn, IdIn, RelatedId, TextIn
from agency.api.rows import StrictSerializer
from budgets.budgets.states import BudgetStatus, BudgetType, ResourceType, budget_type_of

MODELS = {
    ResourceType.PROJECT: "crm.Project",
    ResourceType.DEAL: "crm.Deal",
    ResourceType.COMPANY: "crm.Customer",
    "customer": "crm.Customer",
}
EARLIEST, LATEST = datetime(1970, 1, 1, tzinfo=UTC), datetime(2200, 1, 1, tzinfo=UTC)


class BudgetTypeIn(serializers.ChoiceField):
    """A type by its value or its label in any case: ``time_and_materials``, Time & Materials."""

    def __init__(self, **kwargs) -> None:
        super().__init__(choices=BudgetType.choices, allow_null=True, **kwargs)

    def to_internal_value(self, data):
        if data == "":
            return None
        found = budget_type_of(data) if isinstance(data, str) else None
        return super().to_internal_value(data if found is None else found)


class MomentIn(serializers.DateTimeField):
    """A timestamp, or a date for its first moment."""

    default_error_messages = {"range": "Send a moment between 1970 and 2199."}

    def __init__(self, **kwargs) -> None:
        super().__init__(input_formats=["iso-8601", "%Y-%m-%d"], **kwargs)

    def to_internal_value(self, value):
        moment = super().to_internal_value(value)
        if not EARLIEST <= moment < LATEST:
            self.fail("range")
        return moment


class BudgetBody(StrictSerializer):
    """A budget; ``resource_type`` and ``resource_id`` go together."""

    name = serializers.CharField(max_length=200)
    resource_type = serializers.ChoiceField(choices=[str(kind) for kind in MODELS])
    resource_id = IdIn()
    company_id = RelatedId("crm.Customer", source="customer", required=False, allow_null=True)
    contact_id = RelatedId("crm.Contact", source="contact", required=False, allow_null=True)
    owner_id = RelatedId("staff.Staff", source="owner", required=False, allow_null=True)
    budget_type = BudgetTypeIn(required=False)
    status = serializers.ChoiceField(choices=BudgetStatus.choices, required=False)
    currency = CurrencyIn(required=False)
    total_amount = AmountIn(required=False, allow_null=True, min_value=money.ZERO)
    po_number = TextIn(max_length=60)
    start_date = serializers.DateField(source="starts_on", required=False, allow_null=True)
    forecast_date = serializers.DateField(source="forecast_on", required=False, allow_null=True)
    created_at = MomentIn(required=False)
    notes = TextIn(max_length=20_000)

    def validate(self, attrs: dict) -> dict:
        """Replace the type and id of what the budget is for by the record itself."""
        kind, pk = attrs.pop("resource_type", None), attrs.pop("resource_id", None)
        if kind is None and pk is None:
            return attrs
        now = self.instance.resource_type if self.instance else None
        kind = ResourceType.COMPANY if kind == "customer" else kind or now
        if pk is None:
            if kind == now:
                return attrs
            raise serializers.ValidationError({"resource_id": ["Say which one."]})
        return attrs | {"resource": self.resource(kind, pk)}

    def resource(self, kind: str, pk: int):
        rows = apps.get_model(MODELS[kind]).objects.visible_to(self.context["request"].user)
        found = rows.filter(pk=pk).first()
        if found is None:
            raise serializers.ValidationError({"resource_id": [f"There is no {kind} {pk}."]})
        return found

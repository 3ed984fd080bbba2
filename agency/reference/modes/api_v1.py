"""``/api/v1/payment-modes``."""

from agency.api.v1.names import V1Names
from agency.api.v1.views import LookupViewSet
from agency.reference.modes.models import PaymentMode


class PaymentModeNames(V1Names):
    """A way to pay."""

    model = PaymentMode
    shown = {"id": "pk", "name": "name", "description": "description", "active": "is_active"}


class PaymentModeViewSet(LookupViewSet):
    """How money may arrive."""

    names = PaymentModeNames
    one = "payment mode"
    queryset = PaymentMode.objects.order_by("pk")

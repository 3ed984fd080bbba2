"""``/currencycodes.json``."""

from rest_framework.permissions import IsAuthenticated

from agency.api.rows import RowSerializer
from agency.api.teamwork.fields import TextOut
from agency.api.teamwork.views import TeamworkViewSet
from agency.reference.currencies.models import Currency


class CurrencyCode(RowSerializer):
    """A currency of ISO 4217."""

    name = TextOut()
    code = TextOut()


class CurrencyCodeViewSet(TeamworkViewSet):
    """The codes that an invoice may be written in, by name."""

    tool = ""
    permission_classes = [IsAuthenticated]
    many = "currency-codes"
    row_class = CurrencyCode
    queryset = Currency.objects.order_by("name", "pk")
    is_paged = False

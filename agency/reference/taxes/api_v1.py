"""``/api/v1/taxes``."""

from agency.api.names import Fields
from agency.api.v1.fields import PercentOut
from agency.api.v1.names import V1Names
from agency.api.v1.views import LookupViewSet
from agency.reference.taxes.models import Tax


class TaxNames(V1Names):
    """A tax; ``taxrate`` is in percent."""

    model = Tax
    shown = {"id": "pk", "name": "name", "code": "code", "taxrate": Fields("rate", out=PercentOut)}


class TaxViewSet(LookupViewSet):
    """The rates of tax that lines choose from."""

    names = TaxNames
    one, many = "tax", "taxes"
    queryset = Tax.objects.filter(is_active=True).order_by("pk")

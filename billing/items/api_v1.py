"""``/api/v1/items`` and their groups."""

from functools import partial

from agency.api.fields import AmountIn, PlainOut
from agency.api.names import Fields
from agency.api.v1.fields import PercentOut
from agency.api.v1.lookups import Lookup
from agency.api.v1.names import V1Names
from agency.api.v1.views import LookupViewSet, V1ViewSet
from billing.items import operations
from billing.items.filters import ItemFilter
from billing.items.models import Item, ItemGroup

RateOut = partial(PlainOut, least=2)
RateIn = partial(AmountIn, min_value=0)


class ItemNames(V1Names):
    """Something with a usual price; ``description`` is its name, ``taxrate`` in percent."""

    model = Item
    shown = {
        "id": "pk",
        "taxrate": Fields("tax.rate", out=PercentOut),
        "datecreated": "created_at",
    }
    both = {
        "description": "description",
        "long_description": "long_description",
        "rate": Fields("rate", out=RateOut, into=RateIn),
        "unit": "unit",
        "tax": Lookup("tax", "reference.Tax", words=("name", "code")),
        "group_id": Lookup("group", "billing.ItemGroup"),
        "active": "is_active",
    }
    required = {"description", "rate"}


class ItemV1ViewSet(V1ViewSet):
    """The catalogue that lines start from."""

    tool = "items"
    operations = operations
    names = ItemNames
    one = "item"
    queryset = Item.objects.listing()
    filterset_class = ItemFilter
    filters = {"group_id": "group_id", "active": "is_active", "search": "search"}


class ItemGroupNames(V1Names):
    """A group of items."""

    model = ItemGroup
    shown = {"id": "pk", "name": "name"}


class ItemGroupViewSet(LookupViewSet):
    """The groups of the catalogue."""

    names = ItemGroupNames
    one = "item group"
    queryset = ItemGroup.objects.order_by("pk")

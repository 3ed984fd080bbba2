"""What the catalogue adds to the shell: the menu, + New, the settings, search, the line editor."""

from django.urls import reverse

from agency import money
from agency.ui import areas, navigation, palette, pickers
from billing.items.models import Item

FOUND = 6


def register() -> None:
    navigation.add("Money", "Items", "item-list", "package", permission="items:view", order=60)
    navigation.add_new("Item", "item-new", "package", "items:update", dialog=True, order=60)
    areas.add(
        "Money",
        "Item groups",
        "item-group-list",
        "folder",
        "How the items that you sell are grouped",
        permission="items:view",
        order=50,
    )
    palette.add_searcher("Items", find, permission="items:view", order=60)
    pickers.add("items", choose, permission="items:view", detail=price_of, fills=line_of)


def find(staff, text: str) -> list[palette.Hit]:
    """The items with those words; they lead to the form, or for readers to the list."""
    may_change = staff.has_perm("items:update")
    return [
        palette.Hit(
            str(item),
            reverse("item-edit", args=[item.pk])
            if may_change
            else reverse("item-list", query={"search": item.description}),
            "package",
            price_of(item),
            dialog=may_change,
        )
        for item in Item.objects.listing().visible_to(staff).matching(text)[:FOUND]
    ]


def choose(staff, text: str):
    return Item.objects.listing().visible_to(staff).active().matching(text)


def price_of(item: Item) -> str:
    """Such as: 150.00 per hour."""
    return f"{item.price} per {item.unit}" if item.unit else item.price


def line_of(item: Item) -> dict[str, str]:
    """What a line of the editor starts with, by the fields of its form."""
    is_taxed = item.tax is not None and item.tax.is_active
    return {
        "description": item.description,
        "unit": item.unit,
        "unit_price": f"{money.plain(item.rate, 2):f}",
        "tax_type": item.tax.code if is_taxed else "",
    }

"""What reference data adds to the pages: the house's name, Settings in the menu, its areas."""

from agency.reference import organisation
from agency.ui import areas, navigation, palette


def register() -> None:
    navigation.set_brand(lambda: organisation.current().name)
    navigation.add("Foot", "Settings", "settings", "settings", order=90)
    for group, label, url, icon, text, order in (
        ("Agency", "Organisation", "organisation", "building", ORGANISATION, 10),
        ("Agency", "Numbering", "number-series-list", "hash", NUMBERING, 20),
        ("Money", "Taxes", "tax-list", "percent", TAXES, 10),
        ("Money", "Payment modes", "payment-mode-list", "credit-card", MODES, 20),
        ("Money", "Currencies and rates", "currency-list", "coins", CURRENCIES, 30),
    ):
        areas.add(group, label, url, icon, text, permission="settings:view", order=order)
    palette.add_searcher("Settings", find)


def find(staff, words: str):
    """The areas that say so, those that are called so first."""
    text = words.lower().split()
    found = [
        area
        for area in areas.areas(staff)
        if all(word in f"settings {area.group} {area.label} {area.text}".lower() for word in text)
    ]
    found.sort(key=lambda area: not any(word in area.label.lower() for word in text))
    return [palette.Hit(area.label, area.href, area.icon, area.group) for area in found]


ORGANISATION = "Name, address, ABN, logo, bank details, closed period"
NUMBERING = "How invoices and other documents are numbered"
TAXES = "Rates that the lines of documents choose from"
MODES = "How money arrives"
CURRENCIES = "Currencies in use, and what they were worth on a day"

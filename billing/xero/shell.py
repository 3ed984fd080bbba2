"""What the connection adds to the pages: its place under Settings, and the banner."""

from agency.ui import areas, navigation


def register() -> None:
    areas.add(
        "Connections",
        "Xero",
        "xero",
        "book-open-check",
        "The organisation whose books follow our invoices, and how they do",
        permission="settings:manage",
        order=10,
    )
    navigation.add_slot("banner", "xero-banner", permission="settings:manage")

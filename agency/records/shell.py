"""What records add to the pages: the stream of each record, deliveries and long work."""

from agency.records.activity import feed
from agency.records.outbox.models import Effect
from agency.ui import areas, navigation, panels


def register() -> None:
    for name in feed.kinds_with_a_page():
        panels.add(name, "activity", "Activity", f"activity-{name}", place="rail", order=90)
    navigation.add_slot("bell", "notice-bell")
    navigation.add("Account", "Notifications", "notice-list", "bell", order=5)
    navigation.add(
        "Account",
        "Background work",
        "longwork-list",
        "loader-circle",
        order=6,
        within=("longwork-page",),
    )
    areas.add(
        "Connections",
        "Deliveries",
        "effect-list",
        "mail-check",
        "Mail and all else that leaves the house: what waits, what failed, try again",
        permission="settings:manage",
        order=40,
    )
    navigation.add(
        "Foot",
        "Deliveries",
        "effect-list",
        "mail-check",
        permission="settings:manage",
        order=80,
        count=needing_attention,
        within=("effect-page",),
    )


def needing_attention(staff) -> tuple[int, str]:
    """How many effects only a person can help, as the menu shows them."""
    return Effect.objects.dead().count(), "bad"

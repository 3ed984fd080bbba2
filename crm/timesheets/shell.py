"""What time adds to the shell: the menu, the timer, search, what time can be logged on."""

from agency.ui import formats, navigation, palette, panels, pickers
from crm.timesheets import guards
from crm.timesheets.models import TimeEntry
from crm.timesheets.work import Work, search


def register() -> None:
    navigation.add(
        "Deliver",
        "Time",
        "time-week",
        "clock",
        permission="time:view",
        key="t",
        order=30,
        phone="Time",
        within=("time-day", "time-team", "time-list", "time-entry", "time-new", "time-edit"),
    )
    navigation.add(
        "Deliver",
        "Approvals",
        "time-approvals",
        "list-checks",
        permission="time:update",
        key="a",
        order=31,
        phone="Approve",
        count=waiting,
        shown=guards.reaches_others,
    )
    navigation.add_slot("timer", "timer-slot", "time:view")
    navigation.add_new("Time entry", "time-new", "clock", "time:update", key="t", dialog=True)
    palette.add_action(
        "Start timer", "timer-start", "play", permission="time:update", words="track", dialog=True
    )
    palette.add_action(
        "Stop timer", "timer-stop", "square", permission="time:update", words="end", post=True
    )
    palette.add_searcher("Time", find, permission="time:view", order=60)
    pickers.add(
        "work",
        search,
        permission="time:update",
        label=lambda work: work.label,
        detail=lambda work: work.detail,
    )

    for subject, place in (("task", "main"), ("project", "tab"), ("customer", "tab")):
        panels.add(
            subject,
            "time",
            "Time",
            f"{subject}-time",
            permission="time:view",
            order=35,
            place=place,
        )


def waiting(staff) -> int:
    """How much of others' time waits for this person's decision."""
    return TimeEntry.objects.waiting_for(staff).count()


def find(staff, text: str) -> list[palette.Hit]:
    rows = TimeEntry.objects.visible_to(staff).matching(text).listing()[: palette.PER_GROUP]
    return [
        palette.Hit(
            f"{Work.of(entry).label} · {entry.description or entry.staff}"[:120],
            entry.get_absolute_url(),
            "clock",
            f"{formats.day(entry.date)} · {formats.clock(entry.minutes)}",
        )
        for entry in rows
    ]

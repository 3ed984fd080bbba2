"""Who hears of it when time is handed in, approved or sent back."""

from collections.abc import Iterable

from django.db.models import Q
from django.urls import reverse

from agency.records.notices import operations as notices
from agency.records.notices.operations import Kind
from agency.staff.models import Staff
from agency.staff.scope import ALL, TEAM
from agency.ui import formats
from crm.timesheets.models import TimeEntry
from crm.timesheets.states import TimeStatus

DECIDED = {
    TimeStatus.APPROVED: (Kind.APPROVED, "approved"),
    TimeStatus.REJECTED: (Kind.REJECTED, "sent back"),
}


def of_handing_in(entries: Iterable[TimeEntry]) -> None:
    """Tell those who decide on a person's time that some waits; a new line renews the last one."""
    path = reverse("time-approvals")
    for person, minutes in by_person(entries).items():
        text = f"{person} handed in {formats.clock(minutes)} h"
        key = f"time-waiting:{person.pk}"
        notices.tell(deciders_on(person), Kind.WAITING, text, path=path, key=key)


def of_decision(entries: Iterable[TimeEntry], status: str, *, by, reason: str = "") -> None:
    """Tell each person what was decided on their time; nobody else hears of it."""
    entries = list(entries)
    kind, word = DECIDED[TimeStatus(status)]
    for person, minutes in by_person(entries).items():
        one = next(entry for entry in entries if entry.staff_id == person.pk)
        many = sum(entry.staff_id == person.pk for entry in entries) > 1
        text = f"{by} {word} {formats.clock(minutes)} h of your time"
        path = reverse("time-list") if many else one.get_absolute_url()
        notices.tell([person], kind, f"{text}: {reason}" if reason else text, path=path)


def by_person(entries: Iterable[TimeEntry]) -> dict[Staff, int]:
    """The minutes of each person."""
    found: dict[Staff, int] = {}
    for entry in entries:
        found[entry.staff] = found.get(entry.staff, 0) + entry.minutes
    return found


def deciders_on(person: Staff) -> list[Staff]:
    """The leads of a person's teams; where none may decide, those who see everybody's time."""
    others = Staff.objects.active().exclude(pk=person.pk).select_related("role")
    leads = Q(led_teams__members=person, role__scope__in=[TEAM, ALL])
    near = others.filter(Q(role__scope=ALL) | leads).distinct()
    able = [one for one in near if one.has_perm("time:update")]
    led_by = set(person.teams.values_list("lead", flat=True))
    return [one for one in able if one.pk in led_by] or able

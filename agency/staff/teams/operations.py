"""Departments and teams are made, changed and removed here."""

from collections.abc import Iterable
from typing import Any

from django.db import transaction

from agency.records.history import record
from agency.reference import writing
from agency.staff.teams.models import Department, Team


@transaction.atomic
def create_department(*, name: str, email: str = "", by) -> Department:
    return writing.add(Department(name=name, email=email), by=by, name=name)


@transaction.atomic
def update_department(department: Department, *, by, **values) -> Department:
    """Change the name or the address of a department."""
    return writing.change(department, by=by, **values)


@transaction.atomic
def delete_department(department: Department, *, by) -> None:
    """Remove a department; its people stay."""
    writing.remove(department, by=by)


@transaction.atomic
def create_team(*, name: str, lead=None, members: Iterable = (), by) -> Team:
    """Make a team; a lead whose role sees teams then sees its members' records."""
    team = writing.add(Team(name=name, lead=lead), by=by, name=name, lead=lead)
    _set_members(team, members, by=by)
    return team


@transaction.atomic
def update_team(team: Team, *, by, **values) -> Team:
    """Change the name, the lead, or the ``members`` of a team as a whole."""
    members: Any = values.pop("members", None)
    team = writing.change(team, by=by, **values)
    if members is not None:
        _set_members(team, members, by=by)
    return team


@transaction.atomic
def delete_team(team: Team, *, by) -> None:
    """Remove a team; its people stay."""
    writing.remove(team, by=by)


def _set_members(team: Team, members: Iterable, *, by) -> None:
    before = sorted(map(str, team.members.all()))
    team.members.set(members)
    after = sorted(map(str, team.members.all()))
    if before != after:
        record(team, "members_changed", by=by, members=[before, after])

"""Teams and departments."""

import pytest

from agency.errors import ConflictError
from agency.records.history import history_of
from agency.staff.models import Department, Team
from agency.staff.scope import people_in_reach
from agency.staff.teams import operations as teams

pytestmark = pytest.mark.django_db


def test_a_lead_whose_role_sees_teams_reaches_the_members(staff):
    jane, manager = staff(), staff("manager")
    ann, bob = staff("employee", first_name="Ann"), staff("employee", first_name="Bob")
    team = teams.create_team(name="Web", lead=manager, members=[ann], by=jane)
    assert {row["pk"] for row in people_in_reach(manager)} == {manager.pk, ann.pk}
    teams.update_team(team, by=jane, members=[ann, bob])
    assert {row["pk"] for row in people_in_reach(manager)} == {manager.pk, ann.pk, bob.pk}
    assert [event.verb for event in history_of(team)] == [
        "members_changed",
        "members_changed",
        "created",
    ]
    assert history_of(team)[0].changes == {"members": [[str(ann)], [str(ann), str(bob)]]}


def test_an_unchanged_team_leaves_no_trace(staff):
    ann = staff("employee")
    team = teams.create_team(name="Web", members=[ann], by=staff())
    known = history_of(team).count()
    teams.update_team(team, by=staff(), name="Web", members=[ann])
    assert history_of(team).count() == known


def test_a_team_goes_and_its_people_stay(staff):
    ann = staff("employee")
    team = teams.create_team(name="Web", lead=ann, members=[ann], by=staff())
    teams.delete_team(team, by=staff())
    assert not Team.objects.exists()
    ann.refresh_from_db()


def test_a_department_is_made_changed_and_removed(staff):
    jane = staff()
    design = teams.create_department(name="Design", by=jane)
    with pytest.raises(ConflictError) as refused:
        teams.create_department(name="Design", by=jane)
    assert refused.value.field == "name"
    teams.update_department(design, by=jane, email="design@example.com")
    teams.delete_department(design, by=jane)
    assert not Department.objects.exists()

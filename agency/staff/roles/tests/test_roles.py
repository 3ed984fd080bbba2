"""Roles: nobody grants what they lack, and somebody can always give rights back."""

from threading import Barrier, Thread

import pytest
from django.db import connection

from agency.errors import BusinessError, ConflictError, NotAllowedError
from agency.records.history import history_of
from agency.staff.models import Role, Staff
from agency.staff.people import operations as people
from agency.staff.roles import operations as roles
from agency.staff.roles import rights

pytestmark = pytest.mark.django_db


def role(key: str) -> Role:
    return Role.objects.get(key=key)


def test_a_role_is_made_with_its_history(staff):
    jane = staff()
    made = roles.create(name="Book keeper", grants={"invoices": "manage"}, scope="all", by=jane)
    assert (made.key, made.grants, made.scope, made.position) == (
        "book-keeper",
        {"invoices": "manage"},
        "all",
        5,
    )
    [event] = history_of(made)
    assert (event.verb, event.by) == ("created", jane)


def test_two_roles_of_nearly_one_name_have_two_keys(staff):
    made = [roles.create(name=name, by=staff()).key for name in ("Co-op", "Co op", "??")]
    assert made == ["co-op", "co-op-2", "role"]


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ({"*": "view", "time": "view", "tasks": "update"}, {"*": "view", "tasks": "update"}),
        ({"*": "manage", "staff": ""}, {"*": "manage", "staff": "none"}),
        ({"*": "none", "staff": None, "time": "view"}, {"time": "view"}),
        ({}, {}),
    ],
)
def test_grants_are_kept_without_repeating_themselves(given, kept):
    assert rights.checked(given) == kept


@pytest.mark.parametrize("grants", [{"rockets": "view"}, {"time": "fly"}, {"time": 3}])
def test_unknown_tools_and_levels_are_refused(staff, grants):
    with pytest.raises(BusinessError) as refused:
        roles.update(role("employee"), by=staff(), grants=grants)
    assert refused.value.field == "grants"


@pytest.mark.parametrize(
    ("values", "missing"),
    [
        ({"grants": {"invoices": "manage"}}, "invoices:manage"),
        ({"grants": {"*": "update"}}, "customers:update"),
        ({"scope": "all"}, "scope all"),
    ],
)
def test_nobody_gives_a_role_what_they_lack(staff, values, missing):
    deputy = staff(staff="manage", invoices="update", time="update", scope="own")
    before = Role.objects.values().get(key="employee")
    with pytest.raises(NotAllowedError) as refused:
        roles.update(role("employee"), by=deputy, **values)
    assert missing in str(refused.value)
    assert Role.objects.values().get(key="employee") == before
    with pytest.raises(NotAllowedError):
        roles.create(name="Mine", by=deputy, **values)


def test_what_a_role_granted_already_may_stay_when_it_changes(staff):
    deputy = staff(staff="manage", time="update", scope="all")
    head = role("head")
    roles.update(head, by=deputy, name="Head of work", grants={"*": "update", "time": "view"})
    head.refresh_from_db()
    assert (head.name, head.grants) == ("Head of work", {"*": "update", "time": "view"})


def test_a_narrow_key_hands_on_nothing_but_its_scopes(staff):
    jane = staff()
    jane.key_scopes = {"staff": "manage"}
    with pytest.raises(NotAllowedError):
        roles.create(name="Mine", grants={"invoices": "view"}, by=jane)
    roles.create(name="Mine", grants={"staff": "view"}, by=jane)


def test_rights_can_be_taken_by_who_does_not_hold_them(staff):
    deputy = staff(staff="manage", scope="own")
    roles.update(role("employee"), by=deputy, grants={})
    assert role("employee").grants == {}


def test_the_last_administrators_role_keeps_its_rights(staff):
    jane = staff("executive")
    with pytest.raises(ConflictError):
        roles.update(role("executive"), by=jane, grants={"*": "manage", "staff": "update"})
    assert role("executive").grants == {"*": "manage"}

    staff(staff="manage", settings="manage")  # a second one, through another role
    roles.update(role("executive"), by=jane, grants={"*": "manage", "staff": "update"})
    assert role("executive").grants == {"*": "manage", "staff": "update"}


def test_an_installation_without_administrator_is_not_stuck(staff):
    deputy = staff(staff="manage", scope="own")
    roles.update(role("employee"), by=deputy, grants={})


def test_a_role_that_is_held_or_shipped_is_not_deleted(staff):
    jane, made = staff(), roles.create(name="Guest", by=staff())
    with pytest.raises(ConflictError):
        roles.delete(role("lead"), by=jane)
    holder = people.create(email="guest@example.com", first_name="Guest", role=made, by=jane)
    with pytest.raises(ConflictError):
        roles.delete(made, by=jane)
    people.update(holder, by=jane, role=role("employee"))
    roles.delete(made, by=jane)
    assert Role.objects.count() == 5


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_of_two_administrators_who_demote_each_other_one_stays():
    top = Role.objects.create(key="top", name="Top", grants={"*": "manage"}, scope="all")
    low = Role.objects.create(key="low", name="Low", grants={}, scope="own")
    pair = [
        Staff.objects.create_user(f"{name}@example.com", first_name=name, role=top)
        for name in ("Ann", "Bob")
    ]
    together, outcomes = Barrier(2), []

    def demote(person, by):
        together.wait()
        try:
            people.update(person, by=by, role=low)
            outcomes.append("done")
        except (ConflictError, NotAllowedError):
            outcomes.append("refused")
        finally:
            connection.close()

    threads = [
        Thread(target=demote, args=[pair[0], pair[1]]),
        Thread(target=demote, args=[pair[1], pair[0]]),
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["done", "refused"]
    assert Staff.objects.administrators().count() == 1

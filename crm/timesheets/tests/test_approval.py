from datetime import UTC, datetime

import pytest

from agency.errors import BusinessError, NotAllowedError, StateError
from agency.records.history import history_of
from crm.timesheets import operations
from crm.timesheets.models import TimeEntry
from crm.timesheets.tests.factories import MONDAY, approved, log, on_invoice

pytestmark = pytest.mark.django_db


@pytest.fixture
def anna(staff):
    return staff("employee")


@pytest.fixture
def head(staff):
    return staff("head")


def test_submitting_stamps_the_moment_once(anna):
    entry = log(anna)

    operations.submit(entry, by=anna)
    entry.refresh_from_db()
    first = entry.submitted_at
    operations.submit(entry, by=anna)

    entry.refresh_from_db()
    assert first is not None
    assert entry.submitted_at == first
    assert [event.verb for event in history_of(entry)] == ["submitted", "created"]


def test_approving_records_who_and_when(anna, head):
    entry = log(anna)

    operations.approve([entry], by=head)

    entry.refresh_from_db()
    assert (entry.status, entry.decided_by) == ("approved", head)
    assert entry.decided_at is not None
    event = history_of(entry)[0]
    assert (event.verb, event.by, event.changes) == (
        "approved",
        head,
        {"status": ["draft", "approved"]},
    )


@pytest.mark.parametrize("role", ["employee", "manager", "head", "executive"])
def test_nobody_decides_on_their_own_time(staff, role):
    person = staff(role)
    entry = log(person)

    for step in (
        lambda: operations.approve([entry], by=person),
        lambda: operations.reject(entry, reason="No", by=person),
        lambda: operations.unapprove([entry], by=person),
    ):
        with pytest.raises(NotAllowedError):
            step()

    assert TimeEntry.objects.get().status == "draft"


def test_one_own_entry_among_many_stops_them_all(anna, head):
    entries = [log(anna), log(head)]

    with pytest.raises(NotAllowedError):
        operations.approve(entries, by=head)

    assert set(TimeEntry.objects.values_list("status", flat=True)) == {"draft"}


def test_a_manager_decides_for_the_team_alone(anna, staff, team):
    manager, stranger = staff("manager"), staff("employee")
    team(manager, anna)

    operations.approve([log(anna)], by=manager)
    with pytest.raises(NotAllowedError):
        operations.approve([log(stranger)], by=manager)

    assert sorted(TimeEntry.objects.values_list("staff", "status")) == sorted(
        [(anna.pk, "approved"), (stranger.pk, "draft")]
    )


def test_rejecting_needs_a_reason_and_keeps_it(anna, head):
    entry = log(anna)
    with pytest.raises(BusinessError) as refusal:
        operations.reject(entry, reason="  ", by=head)
    assert refusal.value.field == "reason"

    operations.reject(entry, reason="Which client?", by=head)

    entry.refresh_from_db()
    assert (entry.status, entry.rejection_reason) == ("rejected", "Which client?")
    assert history_of(entry)[0].changes == {
        "reason": "Which client?",
        "status": ["draft", "rejected"],
    }


@pytest.mark.parametrize("lock", [approved])
def test_what_is_decided_is_not_decided_again(anna, head, lock):
    entry = lock(log(anna), by=head)

    for step in (
        lambda: operations.approve([entry], by=head),
        lambda: operations.reject(entry, reason="No", by=head),
        lambda: operations.submit(entry, by=anna),
    ):
        with pytest.raises(StateError):
            step()


def test_a_rejected_entry_is_changed_before_it_is_submitted_or_approved(anna, head):
    entry = log(anna)
    operations.reject(entry, reason="No", by=head)

    with pytest.raises(StateError):
        operations.submit(entry, by=anna)
    with pytest.raises(StateError):
        operations.approve([entry], by=head)


def test_an_approval_is_taken_back_while_nothing_is_invoiced(anna, head):
    entry = approved(log(anna), by=head)

    operations.unapprove([entry], by=head)

    entry.refresh_from_db()
    assert (entry.status, entry.decided_by, entry.decided_at) == ("draft", None, None)
    assert history_of(entry)[0].verb == "unapproved"


def test_billed_time_keeps_its_approval(anna, head):
    entry = on_invoice(approved(log(anna), by=head))

    with pytest.raises(StateError):
        operations.unapprove([entry], by=head)

    assert TimeEntry.objects.get().status == "approved"


def test_a_running_timer_is_neither_submitted_nor_approved(anna, head):
    entry = TimeEntry.objects.create(
        staff=anna, date=MONDAY, started_at=datetime(2026, 11, 16, 9, tzinfo=UTC)
    )

    with pytest.raises(StateError):
        operations.submit(entry, by=anna)
    with pytest.raises(StateError):
        operations.approve([entry], by=head)


def test_approving_many_costs_as_much_as_approving_two(anna, head, statements):
    two, many = [log(anna) for _ in range(2)], [log(anna) for _ in range(20)]

    with statements() as few:
        operations.approve(two, by=head)
    with statements() as more:
        operations.approve(many, by=head)

    # rows under lock, closed period, the update, the history, the notice
    assert (len(few), len(more)) == (5, 5)
    assert [history_of(entry)[0].verb for entry in many] == ["approved"] * 20

from datetime import UTC, date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from agency.errors import BusinessError, ConflictError, NotAllowedError, StateError
from agency.records.history import history_of
from agency.reference.organisation.models import Organisation
from crm.timesheets import operations
from crm.timesheets.durations import minutes_between, week_of
from crm.timesheets.models import TimeEntry
from crm.timesheets.tests.factories import (
    MONDAY,
    approved,
    log,
    make_project,
    make_task,
    on_invoice,
)

pytestmark = pytest.mark.django_db
SYDNEY = ZoneInfo("Australia/Sydney")


@pytest.fixture
def anna(staff):
    return staff("employee", hourly_rate=Decimal(100))


@pytest.fixture
def closed(db):
    Organisation.objects.update_or_create(pk=1, defaults={"locked_before": date(2026, 11, 1)})


def test_changing_the_hours_changes_the_amount_at_the_same_rate(anna):
    entry = log(anna)

    operations.update(entry, by=anna, minutes=30, description="Half")

    entry.refresh_from_db()
    assert (entry.minutes, entry.amount, entry.description) == (30, 50, "Half")
    assert history_of(entry)[0].changes == {
        "minutes": [60, 30],
        "description": ["", "Half"],
        "amount": ["100.0000", "50.00"],
    }


def test_time_that_is_not_billable_is_worth_nothing_and_keeps_its_rate(anna):
    entry = log(anna, is_billable=False)
    assert (entry.rate, entry.amount) == (100, 0)

    entry = operations.update(entry, by=anna, is_billable=True)

    assert entry.amount == 100


def test_a_task_says_whether_its_time_is_billable(anna):
    task = make_task(make_project(anna), is_billable=False)

    assert [
        log(anna, task_id=task.pk).is_billable,
        log(anna, task_id=task.pk, is_billable=True).is_billable,
    ] == [False, True]


@pytest.mark.parametrize("minutes", [0, -30, 1441])
def test_an_entry_has_a_minute_at_least_and_a_day_at_most(anna, minutes):
    with pytest.raises(BusinessError) as refusal:
        log(anna, minutes=minutes)

    assert refusal.value.field == "minutes"


def test_start_and_end_give_the_minutes(anna):
    start = datetime(2026, 11, 16, 9, 0, tzinfo=UTC)

    entry = operations.create(
        by=anna, date=MONDAY, started_at=start, ended_at=start.replace(hour=10, minute=30)
    )

    assert entry.minutes == 90


def test_an_end_before_the_start_is_refused(anna):
    start = datetime(2026, 11, 16, 9, 0, tzinfo=UTC)

    with pytest.raises(BusinessError) as refusal:
        operations.create(by=anna, date=MONDAY, started_at=start, ended_at=start.replace(hour=8))

    assert refusal.value.field == "ended_at"


@pytest.mark.parametrize(
    ("start", "end", "minutes"),
    [
        ((2026, 10, 4, 1, 30), (2026, 10, 4, 3, 30), 60),  # clocks go from 2:00 to 3:00
        ((2026, 4, 5, 1, 30), (2026, 4, 5, 3, 30), 180),  # clocks go from 3:00 back to 2:00
        ((2026, 11, 16, 9, 0), (2026, 11, 16, 17, 0), 480),
    ],
)
def test_minutes_are_those_that_passed_when_the_clocks_change(anna, start, end, minutes):
    started, ended = datetime(*start, tzinfo=SYDNEY), datetime(*end, tzinfo=SYDNEY)

    entry = operations.create(by=anna, date=started.date(), started_at=started, ended_at=ended)

    assert entry.minutes == minutes


def test_seconds_are_rounded_half_up():
    start = datetime(2026, 11, 16, 9, 0, tzinfo=UTC)

    assert [minutes_between(start, start.replace(second=second)) for second in (29, 30)] == [0, 1]


def test_a_week_runs_from_monday_to_sunday():
    assert week_of(date(2026, 11, 22)) == (date(2026, 11, 16), date(2026, 11, 22))


@pytest.mark.parametrize("lock", [approved, on_invoice])
def test_approved_and_billed_time_is_locked(anna, staff, lock):
    entry = lock(log(anna), by=staff("head"))

    with pytest.raises(StateError):
        operations.update(entry, by=anna, minutes=30)
    with pytest.raises(StateError):
        operations.delete(entry, by=anna)

    assert TimeEntry.objects.get().minutes == 60


def test_changing_a_rejected_entry_makes_it_a_draft_again(anna, staff):
    entry = log(anna)
    operations.submit(entry, by=anna)
    operations.reject(entry, reason="Which client?", by=staff("head"))

    entry = operations.update(entry, by=anna, description="Kestrel")

    entry.refresh_from_db()
    assert (entry.status, entry.submitted_at, entry.decided_by, entry.rejection_reason) == (
        "draft",
        None,
        None,
        "",
    )
    assert history_of(entry)[0].changes["status"] == ["rejected", "draft"]


def test_a_change_of_nothing_leaves_no_trace(anna):
    entry = log(anna)

    operations.update(entry, by=anna, minutes=60)

    assert [event.verb for event in history_of(entry)] == ["created"]


def test_deleting_leaves_the_history(anna):
    entry = log(anna)
    gone = TimeEntry(pk=entry.pk)

    operations.delete(entry, by=anna)

    assert not TimeEntry.objects.exists()
    assert [event.verb for event in history_of(gone)] == ["deleted", "created"]


def test_nobody_logs_approves_or_moves_time_into_the_closed_period(anna, staff, closed):
    head, before = staff("head"), date(2026, 10, 31)
    entry = log(anna)
    old = TimeEntry.objects.create(staff=anna, date=before, minutes=60)

    for step in (
        lambda: log(anna, date=before),
        lambda: operations.update(entry, by=anna, date=before),
        lambda: operations.update(old, by=anna, minutes=30),
        lambda: operations.approve([entry, old], by=head),
    ):
        with pytest.raises(ConflictError) as refusal:
            step()
        assert refusal.value.field == "date"

    assert sorted(TimeEntry.objects.values_list("date", "minutes", "status")) == [
        (before, 60, "draft"),
        (MONDAY, 60, "draft"),
    ]


def test_a_draft_may_be_moved_out_of_the_closed_period(anna, closed):
    old = TimeEntry.objects.create(staff=anna, date=date(2026, 10, 31), minutes=60)

    assert operations.update(old, by=anna, date=MONDAY).date == MONDAY


def test_a_head_logs_for_somebody_else_at_that_persons_rate(anna, staff):
    head = staff("head", hourly_rate=Decimal(300))

    entry = log(anna, by=head)

    assert (entry.staff, entry.created_by, entry.rate) == (anna, head, 100)


def test_an_employee_logs_for_nobody_else(anna, staff):
    with pytest.raises(NotAllowedError) as refusal:
        log(staff("employee"), by=anna)

    assert refusal.value.field == "staff_id"
    assert not TimeEntry.objects.exists()


def test_a_manager_logs_for_the_team_and_for_nobody_else(anna, staff, team):
    manager = staff("manager")
    team(manager, anna)

    assert log(anna, by=manager).staff == anna
    with pytest.raises(NotAllowedError):
        log(staff("employee"), by=manager)


def test_nobody_logs_for_somebody_who_has_left(anna, staff):
    anna.is_active = False
    anna.save()

    with pytest.raises(BusinessError) as refusal:
        log(anna, by=staff("head"))

    assert refusal.value.field == "staff_id"


def test_without_the_right_no_operation_writes(staff):
    viewer = staff(time="view")
    entry = TimeEntry.objects.create(staff=viewer, date=MONDAY, minutes=60)

    for step in (
        lambda: log(viewer),
        lambda: operations.update(entry, by=viewer, minutes=1),
        lambda: operations.delete(entry, by=viewer),
        lambda: operations.submit(entry, by=viewer),
        lambda: operations.start_timer(by=viewer),
    ):
        with pytest.raises(NotAllowedError):
            step()

    assert TimeEntry.objects.get().updated_at <= timezone.now()
    assert TimeEntry.objects.get().minutes == 60


def test_several_entries_are_logged_together_or_not_at_all(anna):
    rows = [{"date": MONDAY, "minutes": 60}, {"date": MONDAY, "minutes": 60, "task_id": 999}]

    with pytest.raises(BusinessError) as refusal:
        operations.create_many(rows, by=anna)

    assert refusal.value.field == "time_entries.1.task_id"
    assert not TimeEntry.objects.exists()


def test_entries_keep_the_order_they_were_sent_in(anna):
    rows = [{"date": MONDAY, "minutes": minutes} for minutes in (30, 10, 20)]

    operations.create_many(rows, by=anna)

    found = TimeEntry.objects.order_by("pk")
    assert [entry.minutes for entry in found] == [30, 10, 20]
    assert [event.verb for entry in found for event in history_of(entry)] == ["created"] * 3

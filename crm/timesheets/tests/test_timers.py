from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
import time_machine

from agency.errors import BusinessError, ConflictError, NotAllowedError, StateError
from agency.records.history import history_of
from crm.timesheets import operations
from crm.timesheets.models import TimeEntry
from crm.timesheets.tests.factories import make_project, make_task

pytestmark = pytest.mark.django_db
NINE = datetime(2026, 11, 16, 9, 0, tzinfo=UTC)


@pytest.fixture
def anna(staff):
    return staff("employee", hourly_rate=Decimal(100))


def started(person, at=NINE, **values):
    with time_machine.travel(at, tick=False):
        return operations.start_timer(by=person, **values)


def stopped(entry, by, after, **values):
    with time_machine.travel(entry.started_at + after, tick=False):
        return operations.stop_timer(entry, by=by, **values)


def test_a_timer_counts_the_minutes_and_is_worth_them(anna):
    task = make_task(make_project(anna))
    entry = started(anna, task_id=task.pk, description="Forms")
    assert (entry.minutes, entry.amount, entry.is_running, entry.rate) == (0, 0, True, 100)

    stopped(entry, anna, timedelta(minutes=89, seconds=30))

    entry.refresh_from_db()
    assert (entry.minutes, entry.amount, entry.is_running) == (90, 150, False)
    assert [event.verb for event in history_of(entry)] == ["timer stopped", "timer started"]


def test_a_timer_stands_on_the_day_it_was_started_in_the_organisations_zone(anna):
    entry = started(anna, at=datetime(2026, 11, 16, 14, 30, tzinfo=UTC))  # 1:30 on the 17th

    assert entry.date.isoformat() == "2026-11-17"


def test_a_timer_over_the_change_of_clocks_counts_what_passed(anna):
    entry = started(anna, at=datetime(2026, 10, 3, 15, 30, tzinfo=UTC))  # 1:30 in Sydney

    stopped(entry, anna, timedelta(hours=1))  # 3:30 on the wall

    entry.refresh_from_db()
    assert entry.minutes == 60


def test_a_person_has_one_running_timer(anna):
    started(anna)

    with pytest.raises(ConflictError):
        started(anna, at=NINE + timedelta(hours=1))

    assert TimeEntry.objects.count() == 1


def test_another_person_runs_a_timer_of_their_own(anna, staff):
    started(anna)

    assert started(staff("employee")).is_running


def test_starting_may_stop_the_one_that_runs(anna):
    first = started(anna)

    second = started(anna, at=NINE + timedelta(minutes=20), stop_running=True)

    first.refresh_from_db()
    assert (first.minutes, first.is_running, second.is_running) == (20, False, True)


def test_stopping_at_once_counts_a_minute(anna):
    assert stopped(started(anna), anna, timedelta(seconds=5)).minutes == 1


def test_a_timer_that_was_forgotten_for_days_ends_after_one(anna):
    entry = stopped(started(anna), anna, timedelta(days=3))

    assert (entry.minutes, entry.ended_at) == (1440, NINE + timedelta(days=1))


def test_a_forgotten_timer_may_end_when_the_work_ended(anna):
    entry = stopped(started(anna), anna, timedelta(hours=10), ended_at=NINE + timedelta(minutes=45))

    assert entry.minutes == 45


@pytest.mark.parametrize("end", [NINE - timedelta(minutes=1), NINE + timedelta(hours=2)])
def test_a_timer_ends_neither_before_its_start_nor_in_the_future(anna, end):
    entry = started(anna)

    with pytest.raises(BusinessError) as refusal:
        stopped(entry, anna, timedelta(hours=1), ended_at=end)

    assert refusal.value.field == "ended_at"
    assert TimeEntry.objects.get().is_running


def test_a_stopped_timer_is_not_stopped_again(anna):
    entry = stopped(started(anna), anna, timedelta(hours=1))

    with pytest.raises(StateError):
        stopped(entry, anna, timedelta(hours=2))

    assert TimeEntry.objects.get().minutes == 60


def test_nobody_stops_the_timer_of_a_stranger(anna, staff):
    with pytest.raises(NotAllowedError):
        stopped(started(anna), staff("employee"), timedelta(hours=1))


def test_a_running_timer_may_move_but_its_hours_are_not_typed(anna):
    entry = started(anna)
    task = make_task(make_project(anna))

    operations.update(entry, by=anna, task_id=task.pk, description="Call")
    with pytest.raises(StateError):
        operations.update(entry, by=anna, minutes=30)

    entry.refresh_from_db()
    assert (entry.task, entry.description, entry.minutes, entry.is_running) == (
        task,
        "Call",
        0,
        True,
    )


def test_a_running_timer_may_be_thrown_away(anna):
    operations.delete(started(anna), by=anna)

    assert not TimeEntry.objects.exists()


def test_a_stopped_timer_is_not_set_running_by_an_edit(anna):
    entry = stopped(started(anna), anna, timedelta(hours=1))

    with pytest.raises(BusinessError) as refusal:
        operations.update(entry, by=anna, ended_at=None)

    assert refusal.value.field == "ended_at"
    assert not TimeEntry.objects.get().is_running


def test_changing_the_end_changes_the_minutes(anna):
    entry = stopped(started(anna), anna, timedelta(hours=1))

    operations.update(entry, by=anna, ended_at=NINE + timedelta(minutes=30))

    entry.refresh_from_db()
    assert (entry.minutes, entry.amount) == (30, 50)

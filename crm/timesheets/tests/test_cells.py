from decimal import Decimal

import pytest

from agency.errors import BusinessError, ConflictError, NotAllowedError, StateError
from agency.records.history import history_of
from crm.timesheets import cells, operations
from crm.timesheets.models import TimeEntry
from crm.timesheets.tests.factories import (
    MONDAY,
    approved,
    log,
    make_budget,
    make_line,
    make_project,
    make_task,
)
from crm.timesheets.work import Work, place_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def anna(staff):
    return staff("employee", hourly_rate=Decimal(100))


@pytest.fixture
def work(anna):
    project = make_project(anna)
    line = make_line(make_budget(project))
    ids = (make_task(project).pk, line.pk, line.budget_id, project.pk, project.customer_id)
    return Work(ids)


def typed(person, work, minutes, was=0, **values):
    cells.set_total(work, staff=person, day=MONDAY, minutes=minutes, was=was, by=person, **values)


def minutes():
    return list(TimeEntry.objects.order_by("pk").values_list("minutes", flat=True))


def test_typing_into_an_empty_cell_logs_time(anna, work):
    typed(anna, work, 90)

    entry = TimeEntry.objects.get()
    assert (place_of(entry), entry.minutes, entry.staff) == (work.place, 90, anna)


def test_typing_over_a_cell_changes_its_entry(anna, work):
    typed(anna, work, 90)
    typed(anna, work, 60, was=90)

    assert minutes() == [60]
    assert history_of(TimeEntry.objects.get())[0].verb == "updated"


def test_emptying_a_cell_removes_its_entry(anna, work):
    typed(anna, work, 90)
    typed(anna, work, 0, was=90)

    assert minutes() == []


def test_the_difference_goes_to_the_newest_open_entry(anna, work):
    typed(anna, work, 60)
    operations.create(by=anna, date=MONDAY, minutes=30, **work.ids)

    typed(anna, work, 120, was=90)
    assert minutes() == [60, 60]
    typed(anna, work, 60, was=120)

    assert minutes() == [60]


def test_less_than_the_other_entries_hold_is_refused(anna, work):
    typed(anna, work, 60)
    operations.create(by=anna, date=MONDAY, minutes=30, **work.ids)

    with pytest.raises(BusinessError) as refusal:
        typed(anna, work, 45, was=90)

    assert refusal.value.field == "minutes"
    assert minutes() == [60, 30]


def test_time_beside_approved_time_becomes_a_new_entry(anna, work, staff):
    typed(anna, work, 60)
    approved(TimeEntry.objects.get(), by=staff("head"))

    typed(anna, work, 90, was=60)
    with pytest.raises(BusinessError):
        typed(anna, work, 30, was=90)

    assert minutes() == [60, 30]


def test_approved_time_alone_is_not_typed_down(anna, work, staff):
    typed(anna, work, 60)
    approved(TimeEntry.objects.get(), by=staff("head"))

    with pytest.raises(StateError):
        typed(anna, work, 30, was=60)

    assert minutes() == [60]


def test_what_changed_elsewhere_meanwhile_is_not_overwritten(anna, work):
    typed(anna, work, 60)

    with pytest.raises(ConflictError):
        typed(anna, work, 30, was=0)

    assert minutes() == [60]


def test_a_running_timer_is_not_typed_over(anna, work):
    operations.start_timer(by=anna, **work.ids)
    today = TimeEntry.objects.get().date

    with pytest.raises(StateError):
        cells.set_total(work, staff=anna, day=today, minutes=30, was=0, by=anna)

    assert TimeEntry.objects.get().is_running


@pytest.mark.parametrize("wrong", [-1, 1441])
def test_a_cell_holds_a_day_at_most(anna, work, wrong):
    with pytest.raises(BusinessError):
        typed(anna, work, wrong)

    assert minutes() == []


def test_nobody_types_into_the_week_of_a_stranger(anna, work, staff):
    with pytest.raises(NotAllowedError):
        cells.set_total(work, staff=staff("employee"), day=MONDAY, minutes=60, was=0, by=anna)

    assert minutes() == []


def test_a_head_types_for_a_colleague(anna, work, staff):
    head = staff("head")

    cells.set_total(work, staff=anna, day=MONDAY, minutes=60, was=0, by=head)

    entry = TimeEntry.objects.get()
    assert (entry.staff, entry.created_by) == (anna, head)
    assert log(anna).staff == anna

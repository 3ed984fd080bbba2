"""What two people, or two tabs, do at the same moment. Needs PostgreSQL's row locks."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from agency.errors import BusinessError, ConflictError, StateError
from agency.records.history import history_of
from agency.staff.models import Staff
from crm.timesheets import operations
from crm.timesheets.models import TimeEntry
from crm.timesheets.tests.factories import MONDAY, log

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


def together(*steps):
    """Run the steps at the same moment, each on its own connection; their results or refusals."""
    gate = Barrier(len(steps))

    def run(step):
        try:
            gate.wait()
            return step()
        except BusinessError as refusal:
            return refusal
        finally:
            connection.close()

    with ThreadPoolExecutor(len(steps)) as pool:
        return list(pool.map(run, steps))


def test_sixteen_tabs_start_one_timer(staff, extent):
    anna = staff("employee")

    for _ in range(extent(20)):
        TimeEntry.objects.all().delete()
        found = together(*[lambda: operations.start_timer(by=anna)] * 16)

        refused = [one for one in found if isinstance(one, ConflictError)]
        assert (len(refused), TimeEntry.objects.running().count()) == (15, 1)
        assert [event.verb for event in history_of(TimeEntry.objects.get())] == ["timer started"]


def test_the_constraint_alone_stops_a_second_timer(staff, monkeypatch):
    anna = staff("employee")
    monkeypatch.setattr("crm.timesheets.timers.running_of", lambda person: None)

    found = together(*[lambda: operations.start_timer(by=anna)] * 8)

    assert sum(isinstance(one, ConflictError) for one in found) == 7
    assert TimeEntry.objects.running().count() == 1


def test_time_is_edited_or_approved_but_never_changed_after_its_approval(staff, extent):
    anna, head = staff("employee"), staff("head")

    for _ in range(extent(60)):
        entry = log(anna)
        edited, approved = together(
            lambda entry=entry: operations.update(entry, by=anna, minutes=90),
            lambda entry=entry: operations.approve([entry], by=head),
        )

        entry.refresh_from_db()
        assert not isinstance(approved, BusinessError)
        verbs = [event.verb for event in history_of(entry)]
        if isinstance(edited, StateError):
            assert (entry.minutes, verbs) == (60, ["approved", "created"])
        else:
            assert (entry.minutes, verbs) == (90, ["approved", "updated", "created"])


def test_two_approvers_approve_once(staff):
    anna, heads = staff("employee"), [staff("head"), staff("executive")]
    entries = operations.create_many([{"date": MONDAY, "minutes": 60}] * 20, by=anna)

    found = together(
        *[lambda head=head: operations.approve(entries, by=head) for head in heads],
        *[lambda head=head: operations.approve(entries[::-1], by=head) for head in heads],
    )

    assert sum(isinstance(one, StateError) for one in found) == 3
    assert TimeEntry.objects.approved().count() == 20
    assert {len(history_of(entry)) for entry in entries} == {2}


def test_one_stop_counts_when_two_tabs_stop_the_timer(staff):
    anna = Staff.objects.get(pk=staff("employee").pk)
    entry = operations.start_timer(by=anna)

    found = together(*[lambda: operations.stop_timer(entry, by=anna)] * 4)

    assert sum(isinstance(one, StateError) for one in found) == 3
    assert [event.verb for event in history_of(entry)] == ["timer stopped", "timer started"]

"""Time in the admin."""

from decimal import Decimal

import pytest

from agency.records.history import history_of
from crm.timesheets.models import TimeEntry
from crm.timesheets.tests.factories import MONDAY, approved, log, make_project, make_task

pytestmark = pytest.mark.django_db
URL = "/admin/crm/timeentry/"


@pytest.fixture
def anna(staff):
    return staff("employee", hourly_rate=Decimal(100))


@pytest.fixture
def jane(staff):
    return staff("executive", is_staff=True)


def body(**values):
    empty = dict.fromkeys(["task", "budget_line", "budget", "project", "customer"], "")
    return {"date": str(MONDAY), "minutes": 90, "is_billable": "on", **empty} | values


def test_time_is_added_for_a_person_through_the_operation(page, anna, jane):
    task = make_task(make_project(anna))

    page(jane).post(f"{URL}add/", body(staff=anna.pk, task=task.pk))

    entry = TimeEntry.objects.get()
    assert (entry.staff, entry.project, entry.amount, entry.created_by) == (
        anna,
        task.project,
        150,
        jane,
    )
    [event] = history_of(entry)
    assert (event.verb, event.through) == ("created", "admin")


def test_a_change_is_recorded(page, anna, jane):
    entry = log(anna)

    page(jane).post(f"{URL}{entry.pk}/change/", body(description="Forms"))

    entry.refresh_from_db()
    assert (entry.minutes, entry.description, entry.amount) == (90, "Forms", 150)
    assert history_of(entry)[0].verb == "updated"


def test_a_contradiction_stands_beside_its_field(page, anna, jane):
    one, two = make_project(anna), make_project(anna, name="App")
    entry = log(anna)

    answer = page(jane).post(
        f"{URL}{entry.pk}/change/", body(task=make_task(one).pk, project=two.pk)
    )

    form = answer.context["adminform"].form
    assert list(form.errors) == ["project"]
    assert TimeEntry.objects.get().minutes == 60


def test_approved_time_is_read_only(page, anna, jane):
    entry = approved(log(anna), by=jane)
    client = page(jane)

    html = client.get(f"{URL}{entry.pk}/change/").content.decode()
    client.post(f"{URL}{entry.pk}/change/", body(minutes=5))
    client.post(f"{URL}{entry.pk}/delete/", {"post": "yes"})

    assert 'name="minutes"' not in html
    assert TimeEntry.objects.get().minutes == 60


def test_the_action_approves_and_tells_what_it_refused(page, anna, jane):
    entries = [log(anna), log(jane)]

    answer = page(jane).post(
        URL,
        {"action": "approve", "_selected_action": [entry.pk for entry in entries]},
        follow=True,
    )

    told = [str(message) for message in answer.context["messages"]]
    assert any("Nobody decides on their own time." in one for one in told)
    assert "1 approved." in told
    assert list(TimeEntry.objects.order_by("pk").values_list("status", flat=True)) == [
        "approved",
        "draft",
    ]


def test_the_list_is_searched_within_ones_scope(page, anna, staff):
    log(anna, description="Wireframes")
    clerk = staff("employee", is_staff=True)
    log(clerk, description="Wireframes too")

    html = page(clerk).get(f"{URL}?q=wireframes").content.decode()

    assert "1 time entry" in html

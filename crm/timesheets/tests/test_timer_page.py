from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from crm.timesheets import operations
from crm.timesheets.models import TimeEntry
from crm.timesheets.tests.factories import make_project, make_task
from crm.timesheets.work import Work

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}
NINE = datetime(2026, 11, 16, 9, 0, tzinfo=UTC)


@pytest.fixture
def anna(staff):
    return staff("employee")


@pytest.fixture
def work(anna):
    task = make_task(make_project(anna), title="Checkout flow")
    return Work((task.pk, None, None, task.project_id, task.customer_id)).pk


def running(person, hours):
    with time_machine.travel(NINE, tick=False):
        operations.start_timer(by=person)
    return time_machine.travel(NINE + timedelta(hours=hours), tick=False)


def test_the_top_bar_offers_to_start(page, anna):
    html = page(anna).get("/time/timer").content.decode()

    assert 'href="/time/timer/start"' in html
    assert 'data-post="/time/timer/stop"' not in html


def test_a_button_beside_the_work_starts_the_timer_at_once(page, anna, work):
    answer = page(anna).post("/time/timer/start", {"work": work}, headers=HTMX)

    assert answer.status_code == 204
    assert {"timer", "time"} <= set(answer.headers["HX-Trigger"].replace('"', " ").split())
    assert TimeEntry.objects.get().task.title == "Checkout flow"
    html = page(anna).get("/time/timer").content.decode()
    assert "Checkout flow" in html
    assert 'data-post="/time/timer/stop"' in html


def test_a_second_timer_is_offered_as_stop_and_start(page, anna, work):
    client = page(anna)
    client.post("/time/timer/start", headers=HTMX)

    asked = client.post("/time/timer/start", {"work": work}, headers=HTMX)
    assert (asked.status_code, TimeEntry.objects.count()) == (200, 1)
    assert "Stop it and start Checkout flow" in asked.content.decode()
    client.post(
        "/time/timer/start",
        {"work": work, "stop_running": "1"},
        headers={**HTMX, "HX-Target": "dialog-body"},
    )

    assert [entry.is_running for entry in TimeEntry.objects.order_by("pk")] == [False, True]


def test_a_timer_is_started_on_a_page_without_scripts(page, anna, work):
    answer = page(anna).post("/time/timer/start", {"work": work, "description": "Forms"})

    entry = TimeEntry.objects.get()
    assert (answer.status_code, entry.is_running, entry.description) == (302, True, "Forms")


def test_stopping_says_how_long_it_was(page, anna):
    with running(anna, 1.5):
        answer = page(anna).post("/time/timer/stop", headers=HTMX)

    assert TimeEntry.objects.get().minutes == 90
    assert "1:30 on Internal work" in answer.headers["HX-Trigger"]


def test_stopping_nothing_says_so(page, anna):
    answer = page(anna).post("/time/timer/stop", headers=HTMX)

    assert answer.status_code == 204
    assert "No timer is running" in answer.headers["HX-Trigger"]


@pytest.mark.parametrize(("hours", "asked"), [(7.9, False), (8.1, True)])
def test_after_eight_hours_the_timer_asks_whether_it_still_runs(page, anna, hours, asked):
    with running(anna, hours):
        html = page(anna).get("/time/timer").content.decode()

    assert ("Still running?" in html) == asked


def test_a_forgotten_timer_is_stopped_where_the_work_ended(page, anna):
    with running(anna, 10):
        page(anna).post("/time/timer/correct", {"minutes": "2:15"}, headers=HTMX)

    entry = TimeEntry.objects.get()
    assert (entry.minutes, entry.is_running) == (135, False)


def test_more_than_has_passed_is_refused(page, anna):
    with running(anna, 10):
        answer = page(anna).post("/time/timer/correct", {"minutes": "12:00"}, headers=HTMX)

    assert answer.status_code == 422
    assert TimeEntry.objects.get().is_running


def test_there_is_nothing_to_correct_without_a_timer(page, anna):
    assert page(anna).get("/time/timer/correct").status_code == 404


def test_a_viewer_starts_nothing(page, staff):
    viewer = page(staff(time="view"))

    assert "timer/start" not in viewer.get("/time/timer").content.decode()
    assert viewer.post("/time/timer/start", headers=HTMX).status_code == 403
    assert not TimeEntry.objects.exists()

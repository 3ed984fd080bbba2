"""Time through ``/api/v1/timesheets``: told by its start and end."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest
import time_machine

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
URL = "/api/v1/timesheets"
NOON = datetime(2026, 2, 10, 1, 0, tzinfo=UTC)  # in Sydney


@pytest.fixture
def anna(staff):
    return staff("employee", first_name="Anna", last_name="Ferro", hourly_rate=Decimal(90))


@pytest.fixture
def boss(staff):
    return staff("executive")


@pytest.fixture
def task(anna):
    return make_task(make_project(anna))


@pytest.fixture
def morning(anna, task):
    """The document's own example: half past three hours."""
    return {
        "task_id": task.pk,
        "staff_id": anna.pk,
        "start_time": "2026-02-10 09:00:00",
        "end_time": "2026-02-10 12:30:00",
    }


@pytest.fixture
def running(api, anna, morning):
    """The id of a timer that Anna started at eleven; it is noon."""
    with time_machine.travel(NOON, tick=False):
        body = {**morning, "start_time": "2026-02-10 11:00:00"}
        body.pop("end_time")
        yield api(anna).post(URL, body).json()["data"]["id"]


class TestLogging:
    def test_the_documents_own_example_logs_time(self, api, anna, morning, task):
        answer = api(anna).post(URL, morning)
        assert answer.status_code == 201, answer.json()
        shown = answer.json()["data"]
        assert shown == {
            "id": TimeEntry.objects.get().pk,
            "task_id": task.pk,
            "task_name": "Checkout",
            "staff_id": anna.pk,
            "staff_name": "Anna Ferro",
            "project_id": task.project_id,
            "project_name": "Website",
            "date": "2026-02-10",
            "start_time": "2026-02-10 09:00:00",
            "end_time": "2026-02-10 12:30:00",
            "time_spent": 3.5,
            "note": "",
            "hourly_rate": 90,
            "amount": 315,
            "currency_name": "AUD",
            "billable": True,
            "billed": False,
            "invoice_id": None,
            "status": "draft",
            "datecreated": shown["datecreated"],
        }

    def test_the_documents_own_example_moves_the_end(self, api, anna, morning):
        pk = api(anna).post(URL, morning).json()["data"]["id"]
        body = {"end_time": "2026-02-10 13:00:00", "note": "Extended session"}
        shown = api(anna).put(f"{URL}/{pk}", body).json()["data"]
        assert (shown["time_spent"], shown["amount"], shown["note"]) == (4, 360, body["note"])

    def test_a_moment_may_come_as_iso_8601_and_the_day_is_the_organisations(
        self, api, anna, morning
    ):
        span = {"start_time": "2026-02-09T13:30:00Z", "end_time": "2026-02-10T01:00:00+10:00"}
        shown = api(anna).post(URL, morning | span).json()["data"]
        assert (shown["start_time"], shown["end_time"], shown["date"]) == (
            "2026-02-10 00:30:00",
            "2026-02-10 02:00:00",
            "2026-02-10",
        )

    def test_the_day_follows_another_start(self, api, anna, morning):
        pk = api(anna).post(URL, morning).json()["data"]["id"]
        span = {"start_time": "2026-02-12 09:00:00", "end_time": "2026-02-12 10:00:00"}
        shown = api(anna).put(f"{URL}/{pk}", span).json()["data"]
        assert (shown["date"], shown["time_spent"]) == ("2026-02-12", 1)

    @pytest.mark.parametrize(
        ("field", "value"),
        [
            ("task_id", 99999),
            ("task_id", "x"),
            ("staff_id", 99999),
            ("start_time", ""),
            ("start_time", "2026-02-30 09:00:00"),
            ("end_time", "2026-02-10 08:59:59"),
            ("end_time", "2026-02-10 09:00:00"),
            ("end_time", "2026-02-11 09:01:00"),
            ("note", "x" * 4001),
            ("hourly_rate", -1),
        ],
    )
    def test_bad_input_names_the_field(self, api, boss, morning, field, value):
        answer = api(boss).post(URL, morning | {field: value})
        assert (answer.status_code, list(answer.json()["errors"])) == (400, [field])
        assert not TimeEntry.objects.exists()

    @pytest.mark.parametrize("field", ["task_id", "staff_id", "start_time"])
    def test_what_is_required_is_named(self, api, anna, morning, field):
        morning.pop(field)
        answer = api(anna).post(URL, morning)
        assert (answer.status_code, list(answer.json()["errors"])) == (400, [field])


class TestTimers:
    def test_without_an_end_a_timer_runs_until_one_is_sent(self, api, anna, running):
        url = f"{URL}/{running}"
        before = api(anna).get(url).json()["data"]
        assert (before["start_time"], before["end_time"]) == ("2026-02-10 11:00:00", None)
        body = {"end_time": "2026-02-10 11:45:00", "note": "Forms"}
        after = api(anna).put(url, body).json()["data"]
        assert (after["end_time"], after["time_spent"]) == (body["end_time"], 0.75)
        assert (after["note"], after["amount"]) == ("Forms", 67.5)

    def test_a_person_has_one_running_timer(self, api, anna, boss, running, morning):
        morning.pop("end_time")
        again = api(boss).post(URL, morning)
        assert (again.status_code, again.json()["error"]) == (400, "conflict")
        own = api(boss).post(URL, morning | {"staff_id": boss.pk})
        assert own.status_code == 201

    @pytest.mark.parametrize(
        ("start", "field"),
        [("2026-02-10 12:00:01", "start_time"), ("2026-02-09 11:59:59", "end_time")],
    )
    def test_a_timer_starts_within_the_last_day(self, api, anna, morning, start, field):
        morning.pop("end_time")
        with time_machine.travel(NOON, tick=False):
            answer = api(anna).post(URL, morning | {"start_time": start})
        assert (answer.status_code, list(answer.json()["errors"])) == (400, [field])

    @pytest.mark.parametrize(
        ("field", "value"),
        [
            ("end_time", "2026-02-10 12:00:01"),
            ("end_time", "2026-02-10 10:59:59"),
            ("start_time", "2026-02-10 12:00:01"),
        ],
    )
    def test_a_refused_end_leaves_the_timer_running(self, api, anna, running, field, value):
        answer = api(anna).put(f"{URL}/{running}", {"note": "Late", field: value})
        assert (answer.status_code, list(answer.json()["errors"])) == (400, [field])
        entry = TimeEntry.objects.get()
        assert (entry.is_running, entry.description) == (True, "")


class TestRights:
    def test_an_employee_logs_their_own_time_and_nobody_elses(self, api, anna, staff, morning):
        other = staff("employee")
        refused = api(other).post(URL, morning)
        assert refused.status_code == 403
        assert not TimeEntry.objects.exists()
        pk = api(anna).post(URL, morning).json()["data"]["id"]
        assert api(other).get(f"{URL}/{pk}").status_code == 404
        assert api(other).delete(f"{URL}/{pk}").status_code == 404
        gone = api(anna).delete(f"{URL}/{pk}").json()
        assert gone == {"data": {"id": pk}, "message": "Timesheet deleted."}

    def test_time_stays_with_its_person(self, api, anna, boss, morning):
        pk = api(anna).post(URL, morning).json()["data"]["id"]
        same = api(boss).put(f"{URL}/{pk}", {"staff_id": anna.pk, "note": "Seen"})
        moved = api(boss).put(f"{URL}/{pk}", {"staff_id": boss.pk})
        assert same.status_code == 200
        assert (moved.status_code, list(moved.json()["errors"])) == (400, ["staff_id"])

    def test_a_rate_of_its_own_is_set_by_those_who_set_the_prices_of_projects(
        self, api, anna, boss, morning
    ):
        refused = api(anna).post(URL, morning | {"hourly_rate": 500})
        assert (refused.status_code, list(refused.json()["errors"])) == (403, ["hourly_rate"])
        pk = api(anna).post(URL, morning | {"hourly_rate": 90}).json()["data"]["id"]
        assert api(anna).put(f"{URL}/{pk}", {"hourly_rate": 91}).status_code == 403
        assert TimeEntry.objects.get().amount == 315
        shown = api(boss).put(f"{URL}/{pk}", {"hourly_rate": "112.5"}).json()["data"]
        assert (shown["hourly_rate"], shown["amount"]) == (112.5, 393.75)

    @pytest.mark.parametrize("lock", ["approved", "billed"])
    def test_approved_or_billed_time_is_locked(self, api, anna, boss, lock):
        entry = approved(log(anna), by=boss) if lock == "approved" else on_invoice(log(anna))
        answers = [
            api(boss).put(f"{URL}/{entry.pk}", {"note": "Mine"}),
            api(boss).delete(f"{URL}/{entry.pk}"),
        ]
        assert [answer.status_code for answer in answers] == [400, 400]
        assert TimeEntry.objects.get().description == ""


class TestLists:
    def test_billed_time_names_its_invoice(self, api, boss, anna):
        entry = on_invoice(log(anna))
        [row] = api(boss).get(URL).json()["data"]
        assert (row["billed"], row["invoice_id"]) == (True, entry.invoice_line.invoice_id)
        assert (row["start_time"], row["end_time"], row["time_spent"]) == (None, None, 1)

    def test_filters_narrow_the_list(self, api, boss, anna, task):
        one = log(anna, task_id=task.pk)
        two = log(boss, date=MONDAY.replace(day=20))

        def ids(query):
            return [row["id"] for row in api(boss).get(f"{URL}?{query}").json()["data"]]

        assert ids("") == [two.pk, one.pk]
        assert ids(f"task_id={task.pk}") == ids(f"staff_id={anna.pk}") == [one.pk]
        assert ids("date_from=2026-11-17") == ids("sort=-date&limit=1") == [two.pk]
        assert ids("date_to=2026-11-16") == [one.pk]
        wrong = api(boss).get(f"{URL}?staff_id=x")
        assert (wrong.status_code, list(wrong.json()["errors"])) == (400, ["staff_id"])

    @pytest.mark.parametrize("number", [1, 3])
    def test_a_page_costs_the_same_however_many_rows(
        self, api, boss, task, number, django_assert_num_queries
    ):
        for _ in range(3):
            log(boss, task_id=task.pk)
        client = api(boss)
        with django_assert_num_queries(3):
            client.get(f"{URL}?limit={number}")

from datetime import date
from decimal import Decimal

import pytest

from agency.records.history import history_of
from crm.timesheets import operations
from crm.timesheets.models import TimeEntry
from crm.timesheets.tests.factories import (
    log,
    make_budget,
    make_line,
    make_project,
    make_task,
    on_invoice,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def anna(staff):
    return staff("employee", first_name="Anna", last_name="Ferro", hourly_rate=Decimal(90))


def test_an_employee_logs_hours_on_a_task_and_a_budget_line(api, anna):
    project = make_project(anna)
    task, line = make_task(project), make_line(make_budget(project), price="120")

    answer = api(anna).post(
        "/api/time",
        {
            "date": "2026-11-16",
            "hours": 2.33,
            "description": "Forms",
            "task_id": str(task.pk),
            "line_item_id": line.pk,
        },
    )

    entry = TimeEntry.objects.get()
    assert answer.status_code == 201, answer.json()
    assert answer.json()["time_entry"] == {
        "id": str(entry.pk),
        "user_id": str(anna.pk),
        "user_name": "Anna Ferro",
        "date": "2026-11-16",
        "hours": 2.3333,
        "minutes": 140,
        "description": "Forms",
        "task_id": str(task.pk),
        "task_title": "Checkout",
        "project_id": str(project.pk),
        "project_name": "Website",
        "company_id": str(project.customer_id),
        "company_name": "Client of Website",
        "budget_id": str(line.budget_id),
        "budget_name": "Build",
        "line_item_id": str(line.pk),
        "billable": True,
        "rate": 120.0,
        "amount": 280.0,
        "currency": "AUD",
        "status": "draft",
        "submitted_at": None,
        "approved_at": None,
        "approved_by": None,
        "rejection_reason": "",
        "started_at": None,
        "ended_at": None,
        "invoice_id": None,
        "created_at": answer.json()["time_entry"]["created_at"],
        "updated_at": answer.json()["time_entry"]["updated_at"],
    }
    [event] = history_of(entry)
    assert (event.verb, event.by, event.changes) == (
        "created",
        anna,
        {"date": "2026-11-16", "minutes": 140},
    )


BAD = [
    ({"hours": 1}, "date"),
    ({"date": "2026-02-30", "hours": 1}, "date"),
    ({"date": "2026-11-16"}, "hours"),
    ({"date": "2026-11-16", "hours": 0}, "hours"),
    ({"date": "2026-11-16", "hours": 0.008}, "hours"),
    ({"date": "2026-11-16", "hours": -1}, "hours"),
    ({"date": "2026-11-16", "hours": 24.01}, "hours"),
    ({"date": "2026-11-16", "hours": "1:30"}, "hours"),
    ({"date": "2026-11-16", "hours": True}, "hours"),
    ({"date": "2026-11-16", "hours": 1, "task_id": 9999}, "task_id"),
    ({"date": "2026-11-16", "hours": 1, "task_id": "x"}, "task_id"),
    ({"date": "2026-11-16", "hours": 1, "line_item_id": 2**63}, "line_item_id"),
    ({"date": "2026-11-16", "hours": 1, "company_id": 9999}, "company_id"),
    ({"date": "2026-11-16", "hours": 1, "user_id": 9999}, "user_id"),
    ({"date": "2026-11-16", "hours": 1, "billable": "maybe"}, "billable"),
    ({"date": "2026-11-16", "hours": 1, "description": "x" * 4001}, "description"),
    ({"date": "2026-11-16", "hours": 1, "description": "a\0b"}, "description"),
    ({"date": "2026-11-16", "hours": 1, "houres": 1}, "houres"),
    ({"date": "2026-11-16", "started_at": "2026-11-16T09:00:00Z"}, "ended_at"),
    (
        {
            "date": "2026-11-16",
            "started_at": "2026-11-16T09:00:00Z",
            "ended_at": "2026-11-16T08:00:00Z",
        },
        "ended_at",
    ),
]


@pytest.mark.parametrize(("body", "field"), BAD)
def test_bad_input_names_the_field(api, staff, body, field):
    answer = api(staff("head")).post("/api/time", body)

    assert (answer.status_code, list(answer.json()["errors"])) == (400, [field])
    assert not TimeEntry.objects.exists()


@pytest.mark.parametrize(("hours", "minutes"), [(7.5, 450), ("7.5", 450), (2.33, 140), (0.0084, 1)])
def test_hours_are_kept_as_whole_minutes_half_up(api, anna, hours, minutes):
    answer = api(anna).post("/api/time", {"date": "2026-11-16", "hours": hours})

    assert answer.json()["time_entry"]["minutes"] == minutes


def test_a_contradiction_names_the_clients_field(api, anna):
    one, two = make_project(anna), make_project(anna, name="App")
    body = {"date": "2026-11-16", "hours": 1, "task_id": make_task(one).pk}

    answer = api(anna).post("/api/time", {**body, "line_item_id": make_line(make_budget(two)).pk})

    assert (answer.status_code, list(answer.json()["errors"])) == (400, ["line_item_id"])


def test_logging_for_somebody_else_needs_their_reach(api, anna, staff):
    body = {"date": "2026-11-16", "hours": 1, "user_id": str(anna.pk)}

    refused = api(staff("employee")).post("/api/time", body)
    accepted = api(staff("head")).post("/api/time", body)
    own = api(anna).post("/api/time", body)

    assert [refused.status_code, accepted.status_code, own.status_code] == [403, 201, 201]
    assert set(TimeEntry.objects.values_list("staff", flat=True)) == {anna.pk}


def test_put_and_patch_change_what_they_name(api, anna):
    entry = log(anna, description="Forms")
    path = f"/api/time/{entry.pk}"

    put = api(anna).put(path, {"hours": 2}).json()["time_entry"]
    patch = api(anna).patch(path, {"date": "2026-11-17", "billable": False}).json()["time_entry"]

    assert (put["hours"], put["description"], put["amount"]) == (2, "Forms", 180)
    assert (patch["date"], patch["hours"], patch["billable"], patch["amount"]) == (
        "2026-11-17",
        2,
        False,
        0,
    )


@pytest.mark.parametrize("body", [{}, {"user_id": 1}, {"status": "approved"}, {"rate": 5}])
def test_what_is_not_to_be_changed_is_refused(api, anna, body):
    entry = log(anna)

    assert api(anna).put(f"/api/time/{entry.pk}", body).status_code == 400
    assert TimeEntry.objects.get().status == "draft"


def test_deleting_answers_ok(api, anna):
    entry = log(anna)

    answer = api(anna).delete(f"/api/time/{entry.pk}")

    assert (answer.status_code, answer.json()) == (200, {"ok": True})
    assert not TimeEntry.objects.exists()


def test_many_entries_are_answered_in_the_order_sent(api, anna):
    rows = [{"date": "2026-11-16", "hours": hours} for hours in (3, 1, 2)]

    answer = api(anna).post("/api/time", {"time_entries": rows})

    assert answer.status_code == 201
    assert [row["hours"] for row in answer.json()["time_entries"]] == [3, 1, 2]


@pytest.mark.parametrize(
    ("rows", "field"),
    [
        ([], "time_entries"),
        ("x", "time_entries"),
        ([1], "time_entries.0.non_field_errors"),
        ([{"date": "2026-11-16", "hours": 1}, {"hours": 1}], "time_entries.1.date"),
        ([{"date": "2026-11-16", "hours": 1, "line_item_id": 7}], "time_entries.0.line_item_id"),
        ([{"date": "2026-11-16", "hours": 0}], "time_entries.0.hours"),
        ([{"date": "2026-11-16", "hours": 1}] * 1001, "time_entries"),
    ],
)
def test_one_bad_entry_stops_them_all(api, anna, rows, field):
    answer = api(anna).post("/api/time", {"time_entries": rows})

    assert (answer.status_code, list(answer.json()["errors"])) == (400, [field])
    assert not TimeEntry.objects.exists()


def test_one_entry_costs_four_statements(api, anna, statements):
    project = make_project(anna)
    line = make_line(make_budget(project))
    body = {
        "date": "2026-11-16",
        "hours": 1,
        "task_id": make_task(project).pk,
        "budget_id": line.budget_id,
        "line_item_id": line.pk,
    }
    client = api(anna)
    client.post("/api/time", body)

    with statements() as found:
        assert client.post("/api/time", body).status_code == 201

    assert len(found) == 4  # what it refers to, the entry, its history, the answer


@pytest.mark.parametrize(
    "count", [30, pytest.param(1000, marks=pytest.mark.postgres)], ids=["some", "a thousand"]
)
def test_many_entries_cost_as_much_as_one(api, staff, anna, statements, count):
    project, head = make_project(anna), staff("head")
    task, line = make_task(project), make_line(make_budget(project))
    row = {"date": "2026-11-16", "hours": 1, "task_id": task.pk, "line_item_id": line.pk}

    with statements() as found:
        answer = api(head).post(
            "/api/time", {"time_entries": [{**row, "user_id": anna.pk}] * count}
        )

    assert (answer.status_code, TimeEntry.objects.count()) == (201, count)
    assert len(found) == 5  # the same, and whom it is for


def test_a_list_costs_the_same_with_more_rows(api, anna, staff, statements):
    project, client = make_project(anna), api(staff("head"))
    line, costs = make_line(make_budget(project)), []

    for rows in (3, 27):
        for _ in range(rows):
            log(anna, budget_line_id=line.pk)
        with statements() as found:
            assert client.get("/api/time").status_code == 200
        costs.append(len(found))

    assert costs == [1, 1]


@pytest.fixture
def logged(anna, staff):
    """Three entries that differ in everything one can filter by."""
    one, two = make_project(anna), make_project(anna, name="App")
    line, head = make_line(make_budget(one)), staff("head")
    entries = {
        "first": log(anna, budget_line_id=line.pk, task_id=make_task(one).pk),
        "second": log(anna, project_id=two.pk, date=date(2026, 11, 22), is_billable=False),
        "third": log(head, date=date(2026, 11, 23), description="Kickoff"),
    }
    operations.approve([entries["first"]], by=head)
    on_invoice(entries["first"])
    return entries


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", "first second third"),
        ("user_id={first.staff_id}", "first second"),
        ("task_id={first.task_id}", "first"),
        ("project_id={second.project_id}", "second"),
        ("budget_id={first.budget_id}", "first"),
        ("company_id={second.customer_id}", "second"),
        ("date_from=2026-11-22", "second third"),
        ("date_to=2026-11-22", "first second"),
        ("week_of=2026-11-18", "first second"),
        ("status=approved", "first"),
        ("status=draft", "second third"),
        ("billable=false", "second"),
        ("billable=true", "first third"),
        ("invoiced=true", "first"),
        ("invoiced=false", "second third"),
        ("search=kick", "third"),
        ("date_from=2026-11-22&billable=true", "third"),
        ("sort=date&limit=1", "first"),
        ("sort=-date&limit=1", "third"),
    ],
)
def test_a_list_is_filtered(api, staff, logged, query, expected):
    answer = api(staff("executive")).get(f"/api/time?{query.format(**logged)}")

    ids = {str(entry.pk): name for name, entry in logged.items()}
    names = {ids[row["id"]] for row in answer.json()["time_entries"]}
    assert (answer.status_code, names) == (200, set(expected.split()))


@pytest.mark.parametrize(
    "query",
    [
        "user_id=x",
        "task_id=99999999999999999999",
        "date_from=2026-02-30",
        "status=paid",
        "billable=perhaps",
        "week_of=now",
        "sort=password",
        "limit=0",
    ],
)
def test_a_filter_that_makes_no_sense_is_refused(api, staff, query):
    answer = api(staff("head")).get(f"/api/time?{query}")

    assert (answer.status_code, list(answer.json()["errors"])) == (400, [query.split("=")[0]])


def test_an_invoiced_entry_names_its_invoice(api, anna, logged):
    row = api(anna).get(f"/api/time/{logged['first'].pk}").json()["time_entry"]

    assert row["invoice_id"] == str(logged["first"].invoice_line.invoice_id)

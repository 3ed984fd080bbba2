import pytest

from crm.timesheets import operations
from crm.timesheets.models import TimeEntry
from crm.timesheets.tests.factories import approved, log, make_project, make_task, on_invoice

pytestmark = pytest.mark.django_db


@pytest.fixture
def anna(staff):
    return staff("employee", first_name="Anna")


@pytest.fixture
def head(staff):
    return staff("head")


def test_submit_approve_and_take_back(api, anna, head):
    entry = log(anna)
    path = f"/api/time/{entry.pk}"

    submitted = api(anna).post(f"{path}/submit")
    accepted = api(head).post(f"{path}/approve")
    back = api(head).post(f"{path}/unapprove")

    assert [answer.status_code for answer in (submitted, accepted, back)] == [200, 200, 200]
    assert submitted.json()["time_entry"]["submitted_at"] is not None
    shown = accepted.json()["time_entry"]
    assert (shown["status"], shown["approved_by"]) == ("approved", str(head.pk))
    assert shown["approved_at"] is not None
    shown = back.json()["time_entry"]
    assert (shown["status"], shown["approved_by"], shown["approved_at"]) == ("draft", None, None)


def test_rejecting_tells_the_reason_and_names_no_approver(api, anna, head):
    entry = log(anna)

    answer = api(head).post(f"/api/time/{entry.pk}/reject", {"reason": "Which client?"})

    shown = answer.json()["time_entry"]
    assert (answer.status_code, shown["status"], shown["rejection_reason"]) == (
        200,
        "rejected",
        "Which client?",
    )
    assert (shown["approved_by"], shown["approved_at"]) == (None, None)


@pytest.mark.parametrize("body", [{}, {"reason": ""}, {"reason": "x" * 501}])
def test_rejecting_without_a_reason_names_the_field(api, anna, head, body):
    entry = log(anna)

    answer = api(head).post(f"/api/time/{entry.pk}/reject", body)

    assert (answer.status_code, list(answer.json()["errors"])) == (400, ["reason"])
    assert TimeEntry.objects.get().status == "draft"


def test_nobody_approves_their_own_through_the_api(api, head):
    entry = log(head)

    answers = [
        api(head).post(f"/api/time/{entry.pk}/approve"),
        api(head).post(f"/api/time/{entry.pk}/reject", {"reason": "No"}),
        api(head).post("/api/time/approve", {"ids": [entry.pk]}),
    ]

    assert [answer.status_code for answer in answers] == [403, 403, 403]
    assert TimeEntry.objects.get().status == "draft"


def test_an_employee_does_not_even_see_what_a_colleague_logged(api, anna, staff):
    entry = log(staff("employee"))
    path = f"/api/time/{entry.pk}"

    answers = [
        api(anna).get(path),
        api(anna).put(path, {"hours": 1}),
        api(anna).delete(path),
        api(anna).post(f"{path}/submit"),
        api(anna).post(f"{path}/approve"),
        api(anna).post(f"{path}/reject", {"reason": "No"}),
        api(anna).post(f"{path}/stop"),
    ]

    assert [answer.status_code for answer in answers] == [404] * 7
    assert api(anna).post("/api/time/approve", {"ids": [entry.pk]}).status_code == 400
    assert TimeEntry.objects.get().status == "draft"


def test_a_manager_sees_and_approves_the_team(api, staff, team, anna):
    manager, stranger = staff("manager"), staff("employee")
    team(manager, anna)
    ours, theirs = log(anna), log(stranger)

    seen = api(manager).get("/api/time").json()["time_entries"]
    one = api(manager).post(f"/api/time/{ours.pk}/approve")
    other = api(manager).post(f"/api/time/{theirs.pk}/approve")

    assert [row["id"] for row in seen] == [str(ours.pk)]
    assert (one.status_code, other.status_code) == (200, 404)


@pytest.mark.parametrize(
    ("scope", "expected"), [("own", ["own"]), ("team", ["own", "team"]), ("all", None)]
)
def test_a_scope_reaches_oneself_the_team_or_everybody(api, staff, team, scope, expected):
    person, member, stranger = staff(time="view", scope=scope), staff("employee"), staff("employee")
    team(person, member)
    for who, words in ((person, "own"), (member, "team"), (stranger, "all")):
        TimeEntry.objects.create(staff=who, date="2026-11-16", minutes=60, description=words)

    rows = api(person).get("/api/time?sort=created_at").json()["time_entries"]

    assert [row["description"] for row in rows] == (expected or ["own", "team", "all"])


@pytest.mark.parametrize(
    ("grant", "expected"),
    [(None, 403), ("view", 403), ("update", 200), ("manage", 200)],
)
@pytest.mark.parametrize("step", ["submit", "approve", "delete", "change"])
def test_writing_needs_the_update_level(api, staff, grant, expected, step):
    entry = log(staff("employee"))
    path, client = f"/api/time/{entry.pk}", api(staff(time=grant))

    answer = {
        "submit": lambda: client.post(f"{path}/submit"),
        "approve": lambda: client.post(f"{path}/approve"),
        "delete": lambda: client.delete(path),
        "change": lambda: client.patch(path, {"hours": 2}),
    }[step]()

    assert answer.status_code == expected
    if expected == 403:
        assert TimeEntry.objects.values_list("minutes", "status", "submitted_at").get() == (
            60,
            "draft",
            None,
        )


def test_a_stranger_is_asked_to_sign_in(api):
    assert api().get("/api/time").status_code == 401


@pytest.mark.parametrize("lock", ["approved", "billed"])
def test_locked_time_answers_409(api, anna, head, lock):
    entry = approved(log(anna), by=head)
    if lock == "billed":
        on_invoice(entry)
    path = f"/api/time/{entry.pk}"

    answers = [
        api(anna).put(path, {"hours": 2}),
        api(anna).delete(path),
        api(anna).post(f"{path}/submit"),
        api(head).post(f"{path}/approve"),
        api(head).post(f"{path}/reject", {"reason": "No"}),
    ]

    assert [answer.status_code for answer in answers] == [409] * 5
    assert TimeEntry.objects.get().minutes == 60


def test_many_are_approved_together_or_not_at_all(api, anna, head):
    good, running = log(anna), operations.start_timer(by=anna)

    refused = api(head).post("/api/time/approve", {"ids": [good.pk, str(running.pk)]})
    assert (refused.status_code, TimeEntry.objects.approved().count()) == (409, 0)
    accepted = api(head).post("/api/time/approve", {"ids": [str(good.pk), good.pk]})

    assert accepted.status_code == 200
    assert [row["status"] for row in accepted.json()["time_entries"]] == ["approved"]


@pytest.mark.parametrize("ids", [None, [], "1", [999_999], ["x"], [True], [1.5], list(range(1001))])
def test_ids_that_are_none_are_refused_by_name(api, head, ids):
    answer = api(head).post("/api/time/approve", {"ids": ids})

    assert answer.status_code == 400
    assert all(name.startswith("ids") for name in answer.json()["errors"])


def test_pending_counts_what_is_handed_in_within_the_scope(api, anna, head, staff):
    stranger = staff("employee")
    handed_in = [log(anna), log(anna), log(stranger)]
    operations.submit(handed_in, by=head)
    log(anna)
    operations.approve([handed_in[0]], by=head)

    counts = [api(person).get("/api/time/pending").json() for person in (head, anna, stranger)]

    assert counts == [{"pending_count": 2}, {"pending_count": 1}, {"pending_count": 1}]


def test_a_timer_is_started_seen_and_stopped(api, anna):
    task = make_task(make_project(anna))
    client = api(anna)
    assert client.get("/api/time/running").json() == {"time_entry": None}

    begun = client.post("/api/time/start", {"task_id": task.pk, "description": "Forms"})
    running = client.get("/api/time/running").json()["time_entry"]
    again = client.post("/api/time/start")
    ended = client.post(f"/api/time/{running['id']}/stop")

    assert (begun.status_code, again.status_code, ended.status_code) == (201, 409, 200)
    assert (running["task_title"], running["hours"], running["ended_at"]) == ("Checkout", 0, None)
    assert ended.json()["time_entry"]["minutes"] == 1
    assert client.post(f"/api/time/{running['id']}/stop").status_code == 409


def test_starting_with_a_switch_stops_the_other_timer(api, anna):
    client = api(anna)
    client.post("/api/time/start")

    answer = client.post("/api/time/start", {"stop_running": True})

    assert answer.status_code == 201
    assert TimeEntry.objects.running().count() == 1
    assert TimeEntry.objects.count() == 2


def test_a_stale_etag_stops_an_approval(api, anna, head):
    entry = log(anna)
    tag = api(head).get(f"/api/time/{entry.pk}")["ETag"]
    operations.update(entry, by=anna, minutes=90)

    stale = api(head).patch(f"/api/time/{entry.pk}", {"hours": 1}, headers={"If-Match": tag})

    assert (stale.status_code, TimeEntry.objects.get().minutes) == (412, 90)

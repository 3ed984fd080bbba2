"""Projects through ``/api/projects``."""

from datetime import date

import pytest
from django.apps import apps

from agency.records.history import history_of
from crm.customers.tests.factories import log_time, make_customer, make_project, make_task
from crm.projects import operations as projects
from crm.projects.models import Project
from crm.tasks.models import Task

pytestmark = pytest.mark.django_db


def test_a_project_is_added_with_its_people(api, staff):
    jane, mia, dan = staff(), staff(first_name="Mia"), staff(first_name="Dan")
    customer = make_customer(currency="NZD")
    body = {
        "name": "Website rebuild",
        "company_id": customer.pk,
        "member_ids": [str(mia.pk), dan.pk],
        "description": "All of it",
        "status": "in_progress",
        "billing_type": "fixed_rate",
        "budgeted_cost": "25000",
        "hourly_rate": 180.5,
        "estimated_hours": "120.5",
        "progress": 10,
        "start_date": "2026-11-01",
        "deadline": "2027-01-31",
    }

    response = api(jane).post("/api/projects", body)

    assert response.status_code == 201, response.json()
    shown = response.json()["project"]
    assert shown["member_ids"] == [str(mia.pk), str(dan.pk)]
    assert shown["member_names"] == [str(mia), str(dan)]
    figures = {name: shown[name] for name in ("budgeted_cost", "hourly_rate", "estimated_hours")}
    assert figures == {"budgeted_cost": 25000, "hourly_rate": 180.5, "estimated_hours": 120.5}
    assert (shown["currency"], shown["company_name"]) == ("NZD", customer.name)
    assert (shown["owner_id"], shown["is_archived"]) == (str(jane.pk), False)
    assert customer.onboarding.get(key="first_project").source == "auto"


def test_without_members_the_owner_is_the_first(api, staff):
    jane = staff()
    shown = api(jane).post("/api/projects", {"name": "Site"}).json()["project"]
    assert shown["member_ids"] == [str(jane.pk)]


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", ""),
        ("company_id", "12345"),
        ("member_ids", "1"),
        ("member_ids", [99999]),
        ("member_ids", [True]),
        ("member_ids", list(range(1, 300))),
        ("status", "asleep"),
        ("billing_type", "free"),
        ("budgeted_cost", -1),
        ("hourly_rate", "much"),
        ("estimated_hours", -2),
        ("estimated_hours", 1e12),
        ("progress", 101),
        ("currency", "QQQ"),
        ("deadline", "2026-02-30"),
    ],
)
def test_bad_input_names_the_field(api, staff, field, value):
    response = api(staff()).post("/api/projects", {"name": "Site", field: value})
    assert (response.status_code, list(response.json()["errors"])) == (400, [field])
    assert not Project.objects.exists()


def test_a_deadline_before_the_start_is_refused(api, staff):
    body = {"name": "Site", "start_date": "2026-11-02", "deadline": "2026-11-01"}
    response = api(staff()).post("/api/projects", body)
    assert (response.status_code, list(response.json()["errors"])) == (400, ["deadline"])


def test_members_are_replaced_and_history_names_them(api, staff):
    mia, dan = staff(first_name="Mia"), staff(first_name="Dan")
    project = make_project(members=[mia])

    path = f"/api/projects/{project.pk}"
    shown = api(staff()).put(path, {"member_ids": [dan.pk]}).json()["project"]

    assert shown["member_ids"] == [str(dan.pk)]
    event = history_of(project).get()
    assert (event.verb, event.changes) == ("members_changed", {"members": [[str(mia)], [str(dan)]]})


def test_members_come_and_go_one_by_one(staff):
    jane, mia = staff(), staff()
    project = make_project(members=[jane])
    projects.add_member(project, mia, by=jane)
    projects.add_member(project, mia, by=jane)
    projects.remove_member(project, jane, by=jane)
    assert list(project.members.all()) == [mia]
    assert history_of(project).count() == 2


def test_somebody_who_has_left_cannot_join(api, staff):
    body = {"name": "Site", "member_ids": [staff(is_active=False).pk]}
    response = api(staff()).post("/api/projects", body)
    assert (response.status_code, list(response.json()["errors"])) == (400, ["member_ids"])


def test_a_status_has_its_own_line_of_history(api, staff):
    project = make_project(name="Old")

    body = {"status": "finished", "name": "New", "is_archived": True}
    shown = api(staff()).put(f"/api/projects/{project.pk}", body).json()["project"]

    assert (shown["status"], shown["is_archived"]) == ("finished", True)
    changes = {event.verb: event.changes for event in history_of(project)}
    assert changes["status_changed"] == {"status": ["not_started", "finished"]}
    assert changes["updated"]["name"] == ["Old", "New"]


def test_another_company_takes_the_tasks_along(api, staff):
    project, other = make_project(customer=make_customer()), make_customer()
    task = make_task(project)
    api(staff()).put(f"/api/projects/{project.pk}", {"company_id": other.pk})
    task.refresh_from_db()
    assert task.customer == other


def test_a_project_with_time_stays_with_its_company(api, staff):
    project = make_project(name="Site", customer=make_customer())
    log_time(staff(), project=project)
    body = {"company_id": make_customer().pk}
    response = api(staff()).put(f"/api/projects/{project.pk}", body)
    assert (response.status_code, list(response.json()["errors"])) == (409, ["company_id"])
    assert response.json()["message"] == "“Site” has time entries: it stays with its company."


def test_an_unused_project_is_deleted_with_its_tasks(api, staff):
    project = make_project()
    task = make_task(project)
    assert api(staff()).delete(f"/api/projects/{project.pk}").json() == {"ok": True}
    assert not Task.objects.exists()
    assert [event.verb for event in history_of(task)] == ["deleted"]
    assert [event.verb for event in history_of(project)] == ["deleted"]


def test_a_project_with_time_or_a_budget_is_kept_and_they_are_named(api, staff):
    project = make_project(name="Site")
    make_task(project)
    log_time(staff(), project=project)
    log_time(staff(), project=project)
    apps.get_model("budgets", "Budget").objects.create(
        name="Site", resource_type="project", project=project
    )

    response = api(staff()).delete(f"/api/projects/{project.pk}")

    assert response.status_code == 409
    expected = "“Site” cannot be deleted: it has 1 budget and 2 time entries."
    assert response.json()["message"] == expected
    assert (Project.objects.count(), Task.objects.count()) == (1, 1)
    assert not history_of(project).exists()


def test_own_scope_sees_projects_that_one_works_on(api, staff):
    me, other = staff(projects="manage", scope="own"), staff()
    make_project(name="owned", owner=me)
    make_project(name="made", created_by=me)
    make_project(name="member", members=[me])
    make_task(make_project(name="assigned"), assignees=[me])
    foreign = make_project(name="foreign", members=[other])
    client = api(me)

    listed = {row["name"] for row in client.get("/api/projects").json()["projects"]}

    assert listed == {"owned", "made", "member", "assigned"}
    assert client.put(f"/api/projects/{foreign.pk}", {"name": "mine"}).status_code == 404
    assert client.delete(f"/api/projects/{foreign.pk}").status_code == 404
    assert Project.objects.get(pk=foreign.pk).name == "foreign"


@pytest.mark.parametrize(
    ("grant", "answers"),
    [(None, [403, 403, 403]), ("view", [200, 403, 403]), ("update", [200, 200, 403])],
)
def test_each_step_needs_its_level(api, staff, grant, answers):
    client, project = api(staff(projects=grant)), make_project(name="Site")
    path = f"/api/projects/{project.pk}"

    given = [client.get(path), client.put(path, {"name": "New"}), client.delete(path)]

    assert [response.status_code for response in given] == answers
    assert Project.objects.get().name == ("New" if answers[1] == 200 else "Site")


def test_filters_narrow_the_list(api, staff):
    mia, customer = staff(), make_customer(name="Acme")
    one = make_project(name="One", customer=customer, members=[mia], deadline_on=date(2026, 12, 1))
    two = make_project(name="Two", status="finished", billing_type="fixed_rate", owner=mia)
    client = api(staff())

    def ids(query):
        return [row["id"] for row in client.get(f"/api/projects?{query}").json()["projects"]]

    assert ids(f"company_id={customer.pk}") == [str(one.pk)]
    assert ids(f"member_id={mia.pk}") == [str(one.pk)]
    assert ids(f"owner_id={mia.pk}") == [str(two.pk)]
    assert ids("status=finished") == [str(two.pk)]
    assert ids("billing_type=fixed_rate") == [str(two.pk)]
    assert ids("is_open=yes") == [str(one.pk)]
    assert ids("is_archived=true") == []
    assert ids("deadline_to=2026-12-31") == [str(one.pk)]
    assert ids("search=acme") == [str(one.pk)]
    assert ids("sort=name") == [str(one.pk), str(two.pk)]


@pytest.mark.parametrize("size", [1, 3])
def test_the_list_takes_one_statement_however_long(api, staff, django_assert_num_queries, size):
    people = [staff(), staff()]
    for _ in range(size):
        make_project(members=people, customer=make_customer())
    client = api(people[0])
    with django_assert_num_queries(1):
        response = client.get("/api/projects")
    assert [len(row["member_ids"]) for row in response.json()["projects"]] == [2] * size

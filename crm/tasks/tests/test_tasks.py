"""Tasks through ``/api/tasks``."""

from datetime import date, timedelta

import pytest
from django.apps import apps

from agency.records.history import history_of
from agency.reference import organisation
from crm.customers.tests.factories import (
    log_time,
    make_customer,
    make_deal,
    make_project,
    make_task,
)
from crm.projects.models import Milestone
from crm.tasks import operations as tasks
from crm.tasks.models import Task

pytestmark = pytest.mark.django_db


def test_a_task_is_added_to_a_project(api, staff):
    jane, mia = staff(), staff(first_name="Mia")
    project = make_project(customer=make_customer())
    milestone = Milestone.objects.create(project=project, name="Design")
    body = {
        "title": "Wireframes",
        "resource_type": "project",
        "resource_id": str(project.pk),
        "status": "in_progress",
        "priority": "high",
        "assignee_ids": [mia.pk],
        "milestone_id": milestone.pk,
        "start_date": "2026-11-02",
        "due_date": "2026-11-20",
        "description": "All pages",
        "billable": False,
        "hourly_rate": "150",
        "estimated_hours": 2.5,
    }

    response = api(jane).post("/api/tasks", body)

    assert response.status_code == 201, response.json()
    shown = response.json()["task"]
    expected = body | {
        "milestone_id": str(milestone.pk),
        "assignee_ids": [str(mia.pk)],
        "hourly_rate": 150.0,
    }
    assert {name: shown[name] for name in body} == expected
    assert (shown["project_id"], shown["project_name"]) == (str(project.pk), project.name)
    assert (shown["company_id"], shown["milestone_name"]) == (str(project.customer_id), "Design")
    assert (shown["assignee_names"], shown["logged_hours"]) == ([str(mia)], 0)
    assert history_of(Task.objects.get()).get().verb == "created"


@pytest.mark.parametrize(("sent", "shown"), [("company", "company"), ("customer", "company")])
def test_a_task_may_belong_to_a_company(api, staff, sent, shown):
    customer = make_customer()
    body = {"title": "Call", "resource_type": sent, "resource_id": customer.pk}
    task = api(staff()).post("/api/tasks", body).json()["task"]
    assert (task["resource_type"], task["resource_id"]) == (shown, str(customer.pk))
    assert (task["company_id"], task["project_id"]) == (str(customer.pk), None)


def test_a_task_of_a_deal_shows_the_company_of_the_deal(api, staff):
    deal = make_deal(customer=make_customer())
    body = {"title": "Call", "resource_type": "deal", "resource_id": deal.pk}
    task = api(staff()).post("/api/tasks", body).json()["task"]
    assert task["company_id"] == str(deal.customer_id)


def test_a_task_may_stand_alone(api, staff):
    task = api(staff()).post("/api/tasks", {"title": "Order plants"}).json()["task"]
    assert (task["resource_type"], task["resource_id"], task["project_id"]) == (None, None, None)


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"title": ""}, "title"),
        ({"title": "x" * 301}, "title"),
        ({"resource_type": "project"}, "resource_id"),
        ({"resource_id": "1"}, "resource_type"),
        ({"resource_type": "planet", "resource_id": "1"}, "resource_type"),
        ({"resource_type": "staff", "resource_id": "1"}, "resource_type"),
        ({"resource_type": "project", "resource_id": "abc"}, "resource_id"),
        ({"resource_type": "project", "resource_id": "123456"}, "resource_id"),
        ({"status": "sleeping"}, "status"),
        ({"priority": 3}, "priority"),
        ({"assignee_ids": ["x"]}, "assignee_ids"),
        ({"assignee_ids": None}, "assignee_ids"),
        ({"due_date": "2026-02-30"}, "due_date"),
        ({"start_date": "2026-11-02", "due_date": "2026-11-01"}, "due_date"),
        ({"hourly_rate": -1}, "hourly_rate"),
        ({"estimated_hours": "long"}, "estimated_hours"),
        ({"milestone_id": "5555"}, "milestone_id"),
        ({"description": "x" * 20_001}, "description"),
    ],
)
def test_bad_input_names_the_field(api, staff, body, field):
    response = api(staff()).post("/api/tasks", {"title": "Call"} | body)
    assert (response.status_code, list(response.json()["errors"])) == (400, [field])
    assert not Task.objects.exists()


def test_a_milestone_of_another_project_is_refused(api, staff):
    task = make_task(make_project())
    milestone = Milestone.objects.create(project=make_project(), name="Other")
    response = api(staff()).put(f"/api/tasks/{task.pk}", {"milestone_id": milestone.pk})
    assert (response.status_code, list(response.json()["errors"])) == (400, ["milestone_id"])
    assert Task.objects.get().milestone is None


def test_completing_stamps_the_moment_and_twice_is_once(api, staff):
    jane, task = staff(), make_task()
    client, path = api(jane), f"/api/tasks/{task.pk}"

    first = client.post(f"{path}/complete").json()["task"]
    again = client.post(f"{path}/complete").json()["task"]
    opened = client.post(f"{path}/reopen").json()["task"]

    assert first["status"] == again["status"] == "complete"
    assert first["completed_at"] == again["completed_at"]
    assert (opened["status"], opened["completed_at"]) == ("in_progress", None)
    changes = [event.changes for event in history_of(task)]
    assert changes == [
        {"status": ["complete", "in_progress"]},
        {"status": ["not_started", "complete"]},
    ]


def test_status_priority_people_and_the_rest_have_their_own_lines(api, staff):
    mia, dan = staff(first_name="Mia"), staff(first_name="Dan")
    task = make_task(title="Old", assignees=[mia])
    body = {"status": "testing", "priority": "urgent", "title": "New", "assignee_ids": [dan.pk]}

    api(staff()).put(f"/api/tasks/{task.pk}", body)

    assert {event.verb: event.changes for event in history_of(task)} == {
        "status_changed": {"status": ["not_started", "testing"]},
        "priority_changed": {"priority": ["medium", "urgent"]},
        "updated": {"title": ["Old", "New"]},
        "assigned": {"assignees": [[str(mia)], [str(dan)]]},
    }


def test_people_are_assigned_and_followers_added_one_by_one(staff):
    jane, mia, task = staff(), staff(), make_task()
    tasks.assign_also(task, mia, by=jane)
    tasks.assign_also(task, mia, by=jane)
    tasks.follow(task, jane, by=jane)
    assert (list(task.assignees.all()), list(task.followers.all())) == ([mia], [jane])
    tasks.unassign(task, mia, by=jane)
    tasks.unfollow(task, jane, by=jane)
    assert (task.assignees.count(), task.followers.count()) == (0, 0)
    assert [event.verb for event in history_of(task)] == ["assigned", "assigned"]


def test_somebody_who_has_left_gets_no_task(api, staff):
    body = {"title": "Call", "assignee_ids": [staff(is_active=False).pk]}
    response = api(staff()).post("/api/tasks", body)
    assert (response.status_code, list(response.json()["errors"])) == (400, ["assignee_ids"])


def test_a_task_moves_to_another_project_without_its_milestone(api, staff):
    old, new = make_project(), make_project(customer=make_customer())
    milestone = Milestone.objects.create(project=old, name="Design")
    task = make_task(old, milestone=milestone)

    body = {"resource_type": "project", "resource_id": new.pk}
    shown = api(staff()).put(f"/api/tasks/{task.pk}", body).json()["task"]

    assert (shown["project_id"], shown["milestone_id"]) == (str(new.pk), None)
    assert shown["company_id"] == str(new.customer_id)


def test_a_task_with_time_stays_where_it_is_and_is_not_deleted(api, staff):
    client, project = api(staff()), make_project()
    task = make_task(project, title="Wireframes")
    log_time(staff(), 90, task=task, project=project)
    path = f"/api/tasks/{task.pk}"

    moved = client.put(path, {"resource_type": None, "resource_id": None})
    deleted = client.delete(path)

    assert (moved.status_code, list(moved.json()["errors"])) == (409, ["resource_id"])
    assert deleted.status_code == 409
    assert deleted.json()["message"] == "“Wireframes” cannot be deleted: it has 1 time entry."
    assert client.get(path).json()["task"]["logged_hours"] == 1.5
    assert Task.objects.get().project == project
    assert not history_of(task).exists()


def test_a_task_nobody_logged_on_is_deleted(api, staff):
    task = make_task()
    assert api(staff()).delete(f"/api/tasks/{task.pk}").json() == {"ok": True}
    assert history_of(task).get().verb == "deleted"


def test_a_card_is_put_into_its_lane_at_its_place(staff):
    jane, project = staff(), make_project()
    lane = [make_task(project, status="testing", position=n) for n in range(3)]
    card = make_task(project)

    tasks.place(card, "testing", 1, by=jane)

    order = Task.objects.filter(status="testing").order_by("position")
    assert list(order) == [lane[0], card, *lane[1:]]
    assert [event.verb for event in history_of(card)] == ["status_changed"]


def test_own_scope_sees_tasks_of_ones_projects_and_those_assigned(api, staff):
    me, other = staff(tasks="manage", scope="own"), staff()
    make_task(title="made", created_by=me)
    make_task(title="assigned", assignees=[me])
    make_task(make_project(members=[me]), title="member")
    make_task(make_project(owner=me), title="owner")
    foreign = make_task(make_project(members=[other]), title="foreign", assignees=[other])
    client = api(me)

    listed = {row["title"] for row in client.get("/api/tasks").json()["tasks"]}

    assert listed == {"made", "assigned", "member", "owner"}
    assert client.put(f"/api/tasks/{foreign.pk}", {"title": "mine"}).status_code == 404
    assert client.post(f"/api/tasks/{foreign.pk}/complete").status_code == 404
    assert Task.objects.get(pk=foreign.pk).title == "foreign"


def test_a_foreign_resource_cannot_be_named(api, staff):
    me = staff(tasks="update", projects="view", scope="own")
    foreign = make_project()
    body = {"title": "Call", "resource_type": "project", "resource_id": foreign.pk}
    response = api(me).post("/api/tasks", body)
    assert (response.status_code, list(response.json()["errors"])) == (400, ["resource_id"])


@pytest.mark.parametrize(
    ("grant", "answers"),
    [(None, [403, 403, 403]), ("view", [200, 403, 403]), ("update", [200, 200, 403])],
)
def test_each_step_needs_its_level(api, staff, grant, answers):
    client, task = api(staff(tasks=grant)), make_task()
    path = f"/api/tasks/{task.pk}"

    given = [client.get(path), client.post(f"{path}/complete"), client.delete(path)]

    assert [response.status_code for response in given] == answers
    assert Task.objects.get().status == ("complete" if answers[1] == 200 else "not_started")


def test_filters_narrow_the_list(api, staff):
    mia, project = staff(), make_project(customer=make_customer(name="Acme"))
    milestone = Milestone.objects.create(project=project, name="Design")
    yesterday = organisation.today() - timedelta(days=1)
    one = make_task(project, assignees=[mia], milestone=milestone, due_on=yesterday)
    two = make_task(status="complete", due_on=yesterday, is_billable=False, created_by=mia)
    three = make_task(priority="urgent", start_on=date(2026, 11, 3), title="Plants")
    client = api(staff())

    def ids(query):
        found = client.get(f"/api/tasks?sort=created_at&{query}").json()["tasks"]
        return [row["id"] for row in found]

    def keys(*rows):
        return [str(row.pk) for row in rows]

    assert ids("status=complete") == keys(two)
    assert ids("priority=urgent") == keys(three)
    assert ids(f"assignee_id={mia.pk}") == keys(one)
    assert ids(f"project_id={project.pk}") == keys(one)
    assert ids(f"company_id={project.customer_id}") == keys(one)
    assert ids(f"milestone_id={milestone.pk}") == keys(one)
    assert ids(f"resource_type=project&resource_id={project.pk}") == keys(one)
    assert client.get("/api/tasks?resource_type=planet").status_code == 400
    assert ids(f"created_by={mia.pk}") == keys(two)
    assert ids("billable=false") == keys(two)
    assert ids("is_open=true") == keys(one, three)
    assert ids("overdue=true") == keys(one)
    assert ids("overdue=false") == keys(two, three)
    assert ids("start_from=2026-11-01&start_to=2026-11-03") == keys(three)
    assert ids(f"due_to={yesterday}") == keys(one, two)
    assert ids("search=plan") == keys(three)


@pytest.mark.parametrize("size", [1, 3])
def test_the_list_takes_one_statement_however_long(api, staff, django_assert_num_queries, size):
    people, project = [staff(), staff()], make_project(customer=make_customer())
    for _ in range(size):
        log_time(people[0], 30, task=make_task(project, assignees=people), project=project)
    client = api(people[0])
    with django_assert_num_queries(1):
        response = client.get("/api/tasks")
    shown = [(len(row["assignee_ids"]), row["logged_hours"]) for row in response.json()["tasks"]]
    assert shown == [(2, 0.5)] * size


def test_a_task_of_a_budget_belongs_to_its_project(api, staff):
    project = make_project(customer=make_customer())
    budget = apps.get_model("budgets", "Budget").objects.create(
        name="Site", resource_type="project", project=project, customer=project.customer
    )
    body = {"title": "Scope", "resource_type": "budget", "resource_id": budget.pk}
    shown = api(staff()).post("/api/tasks", body).json()["task"]
    assert (shown["project_id"], shown["resource_type"]) == (str(project.pk), "budget")

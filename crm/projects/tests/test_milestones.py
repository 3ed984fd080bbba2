"""Milestones through ``/api/projects/:id/milestones``."""

import pytest

from agency.records.history import history_of
from crm.customers.tests.factories import make_project, make_task
from crm.projects.models import Milestone

pytestmark = pytest.mark.django_db


def path(project, *parts):
    return "/".join([f"/api/projects/{project.pk}/milestones", *map(str, parts)])


def names(client, project):
    return [row["name"] for row in client.get(path(project)).json()["milestones"]]


def test_milestones_stand_in_the_order_they_were_added(api, staff):
    client, project = api(staff()), make_project()

    made = client.post(path(project), {"name": "Design", "due_date": "2026-12-01"})
    client.post(path(project), {"name": "Build", "completed": True})

    assert made.status_code == 201, made.json()
    shown = made.json()["milestone"]
    assert (shown["project_id"], shown["due_date"]) == (str(project.pk), "2026-12-01")
    assert (shown["position"], shown["completed"], shown["task_count"]) == (0, False, 0)
    assert names(client, project) == ["Design", "Build"]
    assert [event.verb for event in history_of(project)] == ["milestone_added"] * 2


def test_a_milestone_is_ticked_and_unticked(api, staff):
    client, project = api(staff()), make_project()
    milestone = Milestone.objects.create(project=project, name="Design")
    make_task(project, milestone=milestone, status="complete")
    make_task(project, milestone=milestone)

    ticked = client.put(path(project, milestone.pk), {"completed": True}).json()["milestone"]
    again = client.put(path(project, milestone.pk), {"completed": False}).json()["milestone"]

    assert (ticked["completed"], ticked["task_count"], ticked["open_task_count"]) == (True, 2, 1)
    assert (again["completed"], again["completed_at"]) == (False, None)


def test_a_deleted_milestone_leaves_its_tasks(api, staff):
    client, project = api(staff(projects="update")), make_project()
    milestone = Milestone.objects.create(project=project, name="Design")
    task = make_task(project, milestone=milestone)

    assert client.delete(path(project, milestone.pk)).json() == {"ok": True}

    task.refresh_from_db()
    assert task.milestone is None
    assert history_of(project).first().changes == {"milestone": "Design"}


def test_reordering_names_every_milestone_once(api, staff):
    client, project = api(staff()), make_project()
    one, two = (Milestone.objects.create(project=project, name=name) for name in ("One", "Two"))
    foreign = Milestone.objects.create(project=make_project(), name="Foreign")

    for ids in ([one.pk], [one.pk, one.pk], [one.pk, foreign.pk], [one.pk, two.pk, foreign.pk]):
        refused = client.put(path(project, "reorder"), {"ids": ids})
        assert (refused.status_code, list(refused.json()["errors"])) == (400, ["ids"])
    assert names(client, project) == ["One", "Two"]

    assert client.put(path(project, "reorder"), {"ids": [two.pk, one.pk]}).json() == {"ok": True}
    assert names(client, project) == ["Two", "One"]


@pytest.mark.parametrize(
    ("field", "value"), [("name", " "), ("due_date", "soon"), ("position", -1), ("completed", 7)]
)
def test_bad_input_names_the_field(api, staff, field, value):
    response = api(staff()).post(path(make_project()), {"name": "Design", field: value})
    assert (response.status_code, list(response.json()["errors"])) == (400, [field])


def test_milestones_of_a_foreign_project_are_not_found(api, staff):
    me = staff(projects="update", scope="own")
    mine, foreign = make_project(owner=me), make_project()
    milestone = Milestone.objects.create(project=foreign, name="Theirs")
    client = api(me)

    assert client.get(path(foreign)).status_code == 404
    assert client.post(path(foreign), {"name": "Mine"}).status_code == 404
    assert client.put(path(foreign, milestone.pk), {"name": "Mine"}).status_code == 404
    assert client.put(path(mine, milestone.pk), {"name": "Mine"}).status_code == 404
    assert client.delete(path(mine, milestone.pk)).status_code == 404
    assert [one.name for one in Milestone.objects.all()] == ["Theirs"]


@pytest.mark.parametrize(
    ("grant", "seen", "written"), [(None, 403, 403), ("view", 200, 403), ("update", 200, 201)]
)
def test_each_step_needs_its_level(api, staff, grant, seen, written):
    client, project = api(staff(projects=grant)), make_project()
    assert client.get(path(project)).status_code == seen
    assert client.post(path(project), {"name": "Design"}).status_code == written
    assert project.milestones.count() == (written == 201)


@pytest.mark.parametrize("size", [1, 3])
def test_the_list_takes_two_statements_however_long(api, staff, django_assert_num_queries, size):
    client, project = api(staff()), make_project()
    for number in range(size):
        Milestone.objects.create(project=project, name=str(number))
    with django_assert_num_queries(2):
        response = client.get(path(project))
    assert len(response.json()["milestones"]) == size

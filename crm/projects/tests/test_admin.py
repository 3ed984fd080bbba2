"""Projects and tasks in the admin: teams, milestones and assignees go through the operations."""

import pytest

from agency.records.history import history_of
from crm.customers.tests.factories import log_time, make_customer, make_project, make_task
from crm.projects.models import Milestone, Project
from crm.tasks.models import Task

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin(page, staff):
    return page(staff(is_staff=True))


def inline(prefix: str, rows=(), known: int = 0) -> dict:
    """The part of the form that holds the rows of an inline."""
    sent = {f"{prefix}-TOTAL_FORMS": len(rows), f"{prefix}-INITIAL_FORMS": known}
    for number, row in enumerate(rows):
        sent |= {f"{prefix}-{number}-{name}": value for name, value in row.items()}
    return sent


def project_body(**values) -> dict:
    sent = {"name": "Site", "status": "not_started", "billing_type": "fixed_rate"}
    sent |= {"currency": "AUD", "progress": 0}
    return sent | inline("memberships") | inline("milestones") | values


def test_a_project_is_added_with_its_team_and_milestones(admin, staff):
    mia, customer = staff(), make_customer()
    body = project_body(customer=customer.pk)
    body |= inline("memberships", [{"staff": mia.pk}])
    body |= inline("milestones", [{"name": "Design", "position": 0}])

    response = admin.post("/admin/crm/project/add/", body)

    assert response.status_code == 302, response.content.decode()
    project = Project.objects.get()
    assert list(project.members.all()) == [mia]
    assert [one.name for one in project.milestones.all()] == ["Design"]
    verbs = {event.verb for event in history_of(project)}
    assert verbs == {"created", "members_changed", "milestone_added"}


def test_a_refusal_stands_beside_its_field(admin):
    body = project_body(start_on="2026-11-02", deadline_on="2026-11-01")
    html = admin.post("/admin/crm/project/add/", body).content.decode()
    assert "The deadline lies before the start." in html
    assert not Project.objects.exists()


def test_milestones_are_renamed_and_deleted(admin):
    project = make_project(name="Site")
    one, two = (Milestone.objects.create(project=project, name=name) for name in ("One", "Two"))
    rows = [
        {"id": one.pk, "project": project.pk, "name": "First", "position": 0},
        {"id": two.pk, "project": project.pk, "name": "Two", "position": 0, "DELETE": "on"},
    ]
    body = project_body(billing_type="project_hours") | inline("milestones", rows, known=2)

    admin.post(f"/admin/crm/project/{project.pk}/change/", body)

    assert [one.name for one in project.milestones.all()] == ["First"]
    verbs = [event.verb for event in history_of(project)]
    assert sorted(verbs) == ["milestone_removed", "milestone_updated"]


def task_body(**values) -> dict:
    sent = {"title": "Wireframes", "status": "not_started", "priority": "medium"}
    return sent | {"is_billable": "on"} | inline("assignments") | values


def test_a_task_is_added_to_its_project_and_given_to_people(admin, staff):
    mia, project = staff(), make_project(customer=make_customer())
    body = task_body(project=project.pk) | inline("assignments", [{"staff": mia.pk}])

    response = admin.post("/admin/crm/task/add/", body)

    assert response.status_code == 302, response.content.decode()
    task = Task.objects.get()
    assert (task.project, task.customer) == (project, project.customer)
    assert (task.subject_type, task.subject_id) == ("project", project.pk)
    assert list(task.assignees.all()) == [mia]


def test_a_task_with_time_cannot_move_or_be_deleted(admin, staff):
    project = make_project()
    task = make_task(project, title="Wireframes")
    log_time(staff(), task=task, project=project)
    path = f"/admin/crm/task/{task.pk}"

    html = admin.post(f"{path}/change/", task_body(project=make_project().pk)).content.decode()
    admin.post(f"{path}/delete/", {"post": "yes"})

    assert "it stays where it is" in html
    assert Task.objects.get().project == project


def test_actions_complete_and_archive(admin):
    task, project = make_task(), make_project()
    admin.post("/admin/crm/task/", {"action": "complete", "_selected_action": task.pk})
    admin.post("/admin/crm/project/", {"action": "archive", "_selected_action": project.pk})
    task.refresh_from_db()
    project.refresh_from_db()
    assert (task.status, project.archived_at is not None) == ("complete", True)


def test_a_foreign_project_cannot_be_chosen(page, staff):
    me = staff(tasks="update", projects="view", scope="own", is_staff=True)
    foreign = make_project()
    response = page(me).post("/admin/crm/task/add/", task_body(project=foreign.pk))
    assert "Select a valid choice" in response.content.decode()
    assert not Task.objects.exists()

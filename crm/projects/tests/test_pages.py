"""The pages of projects and their milestones."""

from datetime import date

import pytest

from crm.customers.tests.factories import log_time, make_customer, make_project, make_task
from crm.projects.models import Milestone, Project

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("tab", "names"),
    [("open", ["Late", "Mine"]), ("mine", ["Mine"]), ("late", ["Late"]), ("finished", ["Done"])],
)
def test_tabs_divide_the_list(page, staff, tab, names):
    jane = staff()
    make_project(name="Late", deadline_on=date(2020, 1, 1))
    make_project(name="Mine", members=[jane])
    make_project(name="Done", status="finished")

    context = page(jane).get("/projects", {"tab": tab}).context

    assert [row.record.name for row in context["rows"]] == names


@pytest.mark.parametrize("size", [1, 3])
def test_the_list_takes_seven_statements_however_long(page, staff, django_assert_num_queries, size):
    people = [staff(), staff()]
    for _ in range(size):
        make_task(make_project(members=people, customer=make_customer(), owner=people[0]))
    client = page(people[0])
    client.get("/projects")
    with django_assert_num_queries(7):
        client.get("/projects")


@pytest.mark.parametrize("size", [1, 3])
def test_the_record_takes_no_more_statements_with_more_on_it(
    page, staff, django_assert_num_queries, size
):
    people = [staff() for _ in range(size)]
    project = make_project(members=people, customer=make_customer())
    for person in people:
        log_time(person, task=make_task(project, assignees=[person]), project=project)
    client = page(staff())
    client.get(project.get_absolute_url())
    with django_assert_num_queries(3):
        client.get(project.get_absolute_url())


def test_the_record_explains_the_hours_person_by_person(page, staff):
    mia, project = staff(first_name="Mia", last_name="Tran"), make_project(estimated_minutes=600)
    log_time(mia, 90, project=project)

    context = page(staff()).get(project.get_absolute_url()).context

    hours = next(figure for figure in context["figures"] if figure.label == "Hours logged")
    assert (hours.value, hours.note) == (90, "15 % of 10:00")
    assert hours.explain.lines == [("+", "Mia Tran", "1:30")]


def test_a_project_is_added_with_its_team(page, staff):
    jane, mia, customer = staff(), staff(), make_customer()
    client = page(jane)
    initial = client.get(f"/projects/new?customer={customer.pk}").context["form"].initial
    assert (initial["customer"], initial["members"]) == (customer, [jane])

    body = {
        "name": "Site",
        "customer": customer.pk,
        "members": [jane.pk, mia.pk],
        "status": "in_progress",
        "billing_type": "fixed_rate",
        "currency": "AUD",
        "cost": "12,000",
        "estimated_minutes": "120",
        "progress": "0",
    }
    response = client.post("/projects/new", body)

    project = Project.objects.get()
    assert response["Location"] == project.get_absolute_url()
    assert (project.cost, project.estimated_minutes) == (12000, 7200)
    assert set(project.members.all()) == {jane, mia}


def test_somebody_who_has_left_stays_on_the_team_when_it_is_edited(page, staff):
    gone = staff(is_active=False)
    project = make_project(members=[gone])
    page(staff()).post(f"/projects/{project.pk}/team", {"members": [gone.pk]})
    assert list(project.members.all()) == [gone]


def test_the_buttons_move_archive_and_delete(page, staff):
    client, project = page(staff()), make_project()
    client.post(f"/projects/{project.pk}/move?to=on_hold")
    client.post(f"/projects/{project.pk}/move?to=nowhere")
    client.post(f"/projects/{project.pk}/archive")
    project.refresh_from_db()
    assert (project.status, project.archived_at is not None) == ("on_hold", True)
    client.post(f"/projects/{project.pk}/unarchive")
    client.post(f"/projects/{project.pk}/delete")
    assert not Project.objects.exists()


@pytest.mark.parametrize("step", ["edit", "team", "move", "archive", "delete", "milestones/new"])
def test_changing_needs_its_level_and_its_scope(page, staff, step):
    project = make_project(name="Site", owner=staff())
    path = f"/projects/{project.pk}/{step}"
    assert page(staff(projects="view")).post(path).status_code == 403
    assert page(staff(projects="manage", scope="own")).post(path).status_code == 404
    assert Project.objects.get().archived_at is None


def test_milestones_are_added_ticked_ordered_and_deleted(page, staff):
    client, project = page(staff()), make_project()
    for name in ("Design", "Build"):
        client.post(f"/projects/{project.pk}/milestones/new", {"name": name})
    design, build = project.milestones.all()

    client.post(f"/milestones/{design.pk}/tick")
    client.post(f"/milestones/{build.pk}/edit", {"name": "Ship", "due_on": "2026-12-24"})
    client.post(f"/projects/{project.pk}/panels/milestones", {"ids": f"{build.pk},{design.pk}"})

    first, second = project.milestones.all()
    assert (first.name, first.due_on) == ("Ship", date(2026, 12, 24))
    assert (second.name, second.completed_at is not None) == ("Design", True)
    client.post(f"/milestones/{design.pk}/delete")
    assert list(project.milestones.all()) == [build]


@pytest.mark.parametrize("ids", ["", "x", "1,2,", "99999999999999999999"])
def test_an_order_that_is_none_is_refused(page, staff, ids):
    project = make_project()
    path = f"/projects/{project.pk}/panels/milestones"
    assert page(staff()).post(path, {"ids": ids}).status_code == 400


def test_an_order_with_a_foreign_milestone_moves_nothing(page, staff):
    project, foreign = make_project(), Milestone.objects.create(project=make_project(), name="F")
    own = Milestone.objects.create(project=project, name="Own", position=3)
    path = f"/projects/{project.pk}/panels/milestones"
    response = page(staff()).post(
        path, {"ids": f"{foreign.pk},{own.pk}"}, headers={"HX-Request": "true"}
    )
    assert "Name every milestone" in response["HX-Trigger"]
    assert Milestone.objects.get(pk=own.pk).position == 3


def test_panels_of_a_customer_show_its_projects(page, staff):
    customer = make_customer()
    make_project(name="Going on", customer=customer)
    make_project(name="Over", customer=customer, status="finished")
    client = page(staff())

    every = client.get(f"/customers/{customer.pk}/panels/projects").content.decode()
    going = client.get(f"/customers/{customer.pk}/panels/open-projects").content.decode()

    assert ("Going on" in every, "Over" in every) == (True, True)
    assert ("Going on" in going, ">Over<" in going) == (True, False)

"""The list, the boards, my work and the page of tasks."""

from datetime import timedelta

import pytest

from agency.reference import organisation
from crm.customers.tests.factories import (
    log_time,
    make_customer,
    make_deal,
    make_project,
    make_task,
)
from crm.projects.models import Milestone
from crm.tasks.models import Task
from crm.tasks.mywork import pressing

pytestmark = pytest.mark.django_db

HTMX = {"HX-Request": "true"}


def day(number: int):
    return organisation.today() + timedelta(days=number)


@pytest.mark.parametrize(
    ("tab", "titles"),
    [("open", ["Late", "Mine"]), ("mine", ["Mine"]), ("late", ["Late"]), ("complete", ["Done"])],
)
def test_tabs_divide_the_list(page, staff, tab, titles):
    jane = staff()
    make_task(title="Late", due_on=day(-1))
    make_task(title="Mine", assignees=[jane])
    make_task(title="Done", status="complete")
    context = page(jane).get("/tasks", {"tab": tab}).context
    assert [row.record.title for row in context["rows"]] == titles


@pytest.mark.parametrize("size", [1, 3])
def test_the_list_takes_seven_statements_however_long(page, staff, django_assert_num_queries, size):
    people, project = [staff(), staff()], make_project(customer=make_customer())
    for _ in range(size):
        make_task(project, assignees=people)
    client = page(people[0])
    client.get("/tasks")
    with django_assert_num_queries(7):
        client.get("/tasks")


@pytest.mark.parametrize("size", [1, 3])
def test_the_board_takes_five_statements_however_many_cards(
    page, staff, django_assert_num_queries, size
):
    people, project = [staff(), staff()], make_project(customer=make_customer())
    for _ in range(size):
        make_task(project, assignees=people, due_on=day(1))
    client = page(people[0])
    client.get("/tasks/board")
    with django_assert_num_queries(5):
        client.get("/tasks/board")


def test_the_board_shows_work_in_its_order_and_forgets_what_is_long_done(page, staff):
    make_task(title="New")
    make_task(title="Going", status="in_progress")
    make_task(title="Done", status="complete")  # no moment: done long ago
    lanes = page(staff()).get("/tasks/board").context["lanes"]
    assert [lane.key for lane in lanes] == [
        "not_started",
        "in_progress",
        "awaiting_feedback",
        "testing",
        "complete",
    ]
    assert [lane.count for lane in lanes] == [1, 1, 0, 0, 0]


def test_a_card_is_moved_by_dragging(page, staff):
    task = make_task()
    body = {"id": task.pk, "to": "testing", "place": "0"}
    response = page(staff()).post("/tasks/board", body, headers=HTMX)
    assert "board" in response["HX-Trigger"]
    assert Task.objects.get().status == "testing"


def test_the_board_of_a_project_keeps_the_order_in_a_lane(page, staff):
    project = make_project()
    first, second = make_task(project, position=0), make_task(project, position=1)
    path = f"/projects/{project.pk}/panels/board"

    page(staff()).post(path, {"id": second.pk, "to": "not_started", "place": "0"}, headers=HTMX)

    lane = page(staff()).get(path).context["lanes"][0]
    assert [card.pk for card in lane.cards] == [second.pk, first.pk]


def test_a_card_of_another_project_does_not_move_on_this_board(page, staff):
    project, foreign = make_project(), make_task(make_project())
    path = f"/projects/{project.pk}/panels/board"
    response = page(staff()).post(path, {"id": foreign.pk, "to": "testing"}, headers=HTMX)
    assert response.status_code == 404
    assert Task.objects.get().status == "not_started"


def test_my_work_groups_my_open_tasks_by_how_soon_they_are_due(page, staff):
    me = staff()
    make_task(title="Yesterday", assignees=[me], due_on=day(-1))
    make_task(title="Now", assignees=[me], due_on=day(0))
    make_task(title="Then", assignees=[me], due_on=day(30))
    make_task(title="Whenever", assignees=[me])
    make_task(title="Done", assignees=[me], status="complete")
    make_task(title="Theirs", assignees=[staff()])

    groups = page(me).get("/my-work").context["groups"]

    shown = {name: [task.title for task in tasks] for name, _, tasks in groups}
    assert shown == {
        "Overdue": ["Yesterday"],
        "Today": ["Now"],
        "Later": ["Then"],
        "No date": ["Whenever"],
    }
    assert pressing(me) == (2, "bad")


@pytest.mark.parametrize("size", [1, 3])
def test_my_work_takes_two_statements_however_much_it_is(
    page, staff, django_assert_num_queries, size
):
    me = staff()
    for _ in range(size):
        make_task(make_project(customer=make_customer()), assignees=[me])
    client = page(me)
    client.get("/my-work")
    with django_assert_num_queries(2):
        client.get("/my-work")


def test_a_tick_completes_and_tells_the_lists(page, staff):
    task = make_task()
    response = page(staff()).post(f"/tasks/{task.pk}/complete", headers=HTMX)
    assert "my-tasks" in response["HX-Trigger"]
    assert Task.objects.get().status == "complete"


def test_on_its_own_page_the_task_is_loaded_again(page, staff):
    task = make_task()
    response = page(staff()).post(f"/tasks/{task.pk}/complete?page=1", headers=HTMX)
    assert response["HX-Redirect"] == task.get_absolute_url()


def test_a_task_is_added_to_the_project_one_came_from(page, staff):
    jane, project = staff(), make_project(customer=make_customer())
    milestone = Milestone.objects.create(project=project, name="Design")
    body = {
        "title": "Wireframes",
        "project": project.pk,
        "milestone": milestone.pk,
        "assignees": [jane.pk],
        "status": "not_started",
        "priority": "high",
        "estimated_minutes": "6:30",
        "is_billable": "on",
    }

    page(jane).post(f"/tasks/new?project={project.pk}", body)

    task = Task.objects.get()
    assert (task.project, task.customer, task.milestone) == (project, project.customer, milestone)
    assert (task.estimated_minutes, list(task.assignees.all())) == (390, [jane])


def test_a_task_is_added_to_the_deal_one_came_from(page, staff):
    deal = make_deal(customer=make_customer())
    body = {"title": "Call", "status": "not_started", "priority": "low"}
    page(staff()).post(f"/tasks/new?deal={deal.pk}", body)
    task = Task.objects.get()
    assert (task.subject_type, task.subject_id, task.customer) == ("deal", deal.pk, deal.customer)


def test_a_place_that_one_may_not_see_is_not_taken(page, staff):
    me = staff(tasks="update", projects="view", scope="own")
    foreign = make_project()
    response = page(me).get(f"/tasks/new?project={foreign.pk}")
    assert "project" not in str(response.context["form"].initial["project"])
    assert response.context["form"].initial["project"] is None


def test_editing_changes_people_and_place(page, staff):
    jane, old, new = staff(), make_project(), make_project()
    task = make_task(old, assignees=[staff()])
    body = {"title": "Renamed", "project": new.pk, "assignees": [jane.pk]}
    page(jane).post(f"/tasks/{task.pk}/edit", body | {"status": "testing", "priority": "low"})
    task.refresh_from_db()
    assert (task.title, task.project, task.status) == ("Renamed", new, "testing")
    assert list(task.assignees.all()) == [jane]


def test_the_page_shows_what_is_left_of_the_estimate(page, staff):
    project = make_project()
    task = make_task(project, estimated_minutes=60)
    log_time(staff(), 90, task=task, project=project)
    context = page(staff()).get(task.get_absolute_url()).context
    figures = {figure.label: figure for figure in context["figures"]}
    assert (figures["Left"].value, figures["Left"].note) == (-30, "0:30 over")
    [delete] = [action for action in context["menu"] if action.label == "Delete"]
    assert delete.off == "Not while time is logged on it"


def test_the_page_takes_three_statements(page, staff, django_assert_num_queries):
    task = make_task(make_project(customer=make_customer()), assignees=[staff(), staff()])
    client = page(staff())
    client.get(task.get_absolute_url())
    with django_assert_num_queries(3):
        client.get(task.get_absolute_url())


@pytest.mark.parametrize("step", ["edit", "move", "complete", "reopen", "delete"])
def test_changing_needs_its_level_and_its_scope(page, staff, step):
    task = make_task(assignees=[staff()])
    path = f"/tasks/{task.pk}/{step}"
    assert page(staff(tasks="view")).post(path).status_code == 403
    assert page(staff(tasks="manage", scope="own")).post(path).status_code == 404
    assert Task.objects.get().status == "not_started"


def test_bulk_steps_go_through_the_operations(page, staff):
    jane, tasks = staff(), [make_task(), make_task()]
    client, rows = page(jane), {"row": [task.pk for task in tasks]}
    client.post("/tasks", {"action": "complete", **rows})
    client.post("/tasks", {"action": "assign", "confirmed": "1", "assignees": [jane.pk], **rows})
    client.post("/tasks", {"action": "due", "confirmed": "1", "due_on": "2026-12-24", **rows})
    assert Task.objects.complete().assigned_to(jane).filter(due_on="2026-12-24").count() == 2


def test_panels_show_the_tasks_of_a_record(page, staff):
    project = make_project(customer=make_customer())
    make_task(project, title="Of the project")
    deal = make_deal(customer=project.customer)
    make_task(subject_type="deal", subject_id=deal.pk, title="Of the deal")
    client = page(staff())

    def titles(path):
        return [row.title for row, _ in client.get(path).context["rows"]]

    assert titles(f"/projects/{project.pk}/panels/tasks") == ["Of the project"]
    assert titles(f"/customers/{project.customer_id}/panels/tasks") == ["Of the project"]
    assert titles(f"/deals/{deal.pk}/panels/tasks") == ["Of the deal"]

import pytest

from agency.errors import BusinessError
from crm.customers.models import Customer
from crm.tasks.models import Task
from crm.timesheets import operations
from crm.timesheets.models import TimeEntry
from crm.timesheets.tests.factories import log, make_budget, make_line, make_project, make_task

pytestmark = pytest.mark.django_db


@pytest.fixture
def anna(staff):
    return staff("employee")


def where(entry):
    entry.refresh_from_db()
    return (entry.task, entry.budget_line, entry.budget, entry.project, entry.customer)


def test_a_task_brings_its_project_and_company(anna):
    project = make_project(anna)
    task = make_task(project)

    assert where(log(anna, task_id=task.pk)) == (task, None, None, project, project.customer)


def test_a_budget_line_brings_its_budget_project_and_company(anna):
    project = make_project(anna)
    line = make_line(make_budget(project))

    entry = log(anna, budget_line_id=line.pk)

    assert where(entry) == (None, line, line.budget, project, project.customer)


def test_a_task_without_a_project_leaves_it_to_the_budget(anna):
    project = make_project(anna)
    budget = make_budget(project)
    loose = Task.objects.create(title="Call", customer=project.customer, created_by=anna)

    entry = log(anna, task_id=loose.pk, budget_id=budget.pk)

    assert where(entry) == (loose, None, budget, project, project.customer)


def test_time_may_be_on_nothing_at_all(anna):
    assert where(log(anna, description="Tidying up")) == (None, None, None, None, None)


@pytest.mark.parametrize(
    ("left", "right", "field"),
    [
        ("task_id", "budget_id", "budget_id"),
        ("task_id", "budget_line_id", "budget_line_id"),
        ("budget_line_id", "budget_id", "budget_id"),
        ("task_id", "project_id", "project_id"),
        ("budget_id", "customer_id", "customer_id"),
        ("project_id", "customer_id", "customer_id"),
    ],
)
def test_two_projects_in_one_entry_contradict_each_other(anna, left, right, field):
    ids = [
        {
            "task_id": make_task(project).pk,
            "budget_line_id": (line := make_line(make_budget(project))).pk,
            "budget_id": line.budget_id,
            "project_id": project.pk,
            "customer_id": project.customer_id,
        }
        for project in (make_project(anna, name="One"), make_project(anna, name="Two"))
    ]
    Customer.objects.update(owner=anna)

    with pytest.raises(BusinessError) as refusal:
        log(anna, **{left: ids[0][left], right: ids[1][right]})

    assert refusal.value.field == field
    assert not TimeEntry.objects.exists()


@pytest.mark.parametrize("field", ["task_id", "project_id", "budget_id", "budget_line_id"])
def test_an_employee_logs_on_nothing_of_a_project_they_are_not_a_member_of(staff, anna, field):
    project = make_project(staff("employee"))
    line = make_line(make_budget(project))
    ids = {
        "task_id": make_task(project).pk,
        "project_id": project.pk,
        "budget_id": line.budget_id,
        "budget_line_id": line.pk,
    }

    with pytest.raises(BusinessError) as refusal:
        log(anna, **{field: ids[field]})

    assert refusal.value.field == field


def test_a_member_logs_on_tasks_that_nobody_assigned_to_them(anna):
    project = make_project(anna)

    assert log(anna, task_id=make_task(project).pk).project == project


def test_moving_to_another_task_moves_project_company_and_rate(anna):
    one, two = make_project(anna, hourly_rate=100), make_project(anna, name="App", hourly_rate=80)
    entry = log(anna, task_id=make_task(one).pk)
    task = make_task(two)

    operations.update(entry, by=anna, task_id=task.pk)

    assert where(entry) == (task, None, None, two, two.customer)
    assert (entry.rate, entry.amount) == (80, 80)


def test_a_new_line_leaves_the_old_budget_behind(anna):
    project = make_project(anna)
    one, two = make_line(make_budget(project)), make_line(make_budget(project, name="Run"))
    entry = log(anna, budget_line_id=one.pk)

    operations.update(entry, by=anna, budget_line_id=two.pk)

    assert where(entry) == (None, two, two.budget, project, project.customer)


def test_a_new_budget_leaves_the_old_line_behind(anna):
    project = make_project(anna)
    line, budget = make_line(make_budget(project)), make_budget(project, name="Run")
    entry = log(anna, budget_line_id=line.pk)

    operations.update(entry, by=anna, budget_id=budget.pk)

    assert where(entry) == (None, None, budget, project, project.customer)


def test_a_change_that_contradicts_what_stays_names_the_field_that_was_sent(anna):
    one, two = make_project(anna), make_project(anna, name="App")
    entry = log(anna, budget_id=make_budget(one).pk)

    with pytest.raises(BusinessError) as refusal:
        operations.update(entry, by=anna, task_id=make_task(two).pk)

    assert refusal.value.field == "task_id"
    assert where(entry)[3] == one


def test_who_left_the_project_may_still_correct_the_hours(anna):
    project = make_project(anna)
    entry = log(anna, task_id=make_task(project).pk)
    project.memberships.all().delete()

    operations.update(entry, by=anna, minutes=30, task_id=entry.task_id)

    assert where(entry)[3] == project

"""Who may read and change budgets in the agency dialect."""

import pytest

from budgets.budgets.models import Budget
from budgets.budgets.tests.factories import (
    make_budget,
    make_line,
    make_task,
)

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("grant", "expected"),
    [
        (None, [403, 403, 403, 403, 403]),
        ("view", [200, 200, 403, 403, 403]),
        ("update", [200, 200, 201, 200, 403]),
        ("manage", [200, 200, 201, 200, 200]),
    ],
)
def test_each_verb_needs_its_level(api, staff, grant, expected):
    budget, client = make_budget(name="Kept"), api(staff(budgets=grant))
    path = f"/api/budgets/{budget.pk}"
    body = {"name": "B", "resource_type": "project", "resource_id": budget.project_id}

    answers = [
        client.get("/api/budgets"),
        client.get(path),
        client.post("/api/budgets", body),
        client.put(path, {"name": "Changed"}),
        client.delete(path),
    ]

    assert [answer.status_code for answer in answers] == expected
    if grant in (None, "view"):
        assert Budget.objects.get().name == "Kept"


def test_a_stranger_is_asked_to_sign_in(api):
    assert api().get("/api/budgets").status_code == 401


def test_another_persons_budget_is_not_found(api, staff):
    jane = api(staff(budgets="manage", scope="own"))
    path = f"/api/budgets/{make_budget(owner=staff()).pk}"

    answers = [
        jane.get(path),
        jane.put(path, {"name": "Mine"}),
        jane.delete(path),
        jane.get(f"{path}/line-items"),
    ]

    assert [answer.status_code for answer in answers] == [404] * 4
    assert jane.get("/api/budgets").json() == {"budgets": []}
    assert Budget.objects.get().name != "Mine"


def test_members_of_a_project_see_its_budgets(api, staff):
    jane = staff(budgets="view", scope="own")
    budget = make_budget()
    budget.project.members.add(jane)

    found = api(jane).get("/api/budgets").json()["budgets"]
    assert [row["id"] for row in found] == [str(budget.pk)]


def test_those_assigned_to_the_task_of_a_line_see_its_budget(api, staff):
    jane = staff(budgets="view", scope="own")
    budget, task = make_budget(), make_task()
    make_line(budget, task=task)
    task.assignments.create(staff=jane)

    found = api(jane).get("/api/budgets").json()["budgets"]

    assert [row["id"] for row in found] == [str(budget.pk)]

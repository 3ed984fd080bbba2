"""The order of a budget's lines, and who may change them, in the agency dialect."""

import pytest

from agency.records.history import history_of
from budgets.budgets.models import Budget
from budgets.budgets.tests.factories import (
    make_budget,
    make_line,
)

pytestmark = pytest.mark.django_db


def path_of(budget, *rest):
    return "/".join([f"/api/budgets/{budget.pk}/line-items", *map(str, rest)])


def told(response):
    return response.status_code, list(response.json()["errors"])


def test_lines_are_put_in_the_order_of_their_ids(api, staff):
    jane, budget = staff(budgets="update"), make_budget()
    first, second, third = (make_line(budget, position=n) for n in range(3))
    ids = [str(third.pk), str(first.pk), str(second.pk)]

    response = api(jane).put(path_of(budget, "reorder"), {"item_ids": ids})

    assert (response.status_code, response.json()) == (200, {"ok": True})
    found = list(budget.lines.in_order().values_list("pk", "position"))
    assert found == [(third.pk, 0), (first.pk, 1), (second.pk, 2)]
    [event] = history_of(budget)
    told = [[line["id"] for line in order] for order in event.changes["line_order"]]
    assert told == [[first.pk, second.pk, third.pk], [third.pk, first.pk, second.pk]]


@pytest.mark.parametrize("wrong", ["foreign", "missing", "twice", "empty"])
def test_a_wrong_order_moves_nothing(api, staff, wrong):
    budget, foreign = make_budget(), make_line(make_budget())
    first, second = (make_line(budget, position=n) for n in range(2))
    ids = {
        "foreign": [second.pk, first.pk, foreign.pk],
        "missing": [second.pk],
        "twice": [second.pk, first.pk, second.pk],
        "empty": [],
    }[wrong]

    response = api(staff(budgets="update")).put(path_of(budget, "reorder"), {"item_ids": ids})

    assert told(response) == (400, ["item_ids"])
    assert list(budget.lines.in_order()) == [first, second]
    assert history_of(budget).count() == 0


@pytest.mark.parametrize("body", [{}, {"item_ids": None}, {"item_ids": "1,2"}, {"ids": []}])
def test_an_order_that_is_no_list_is_refused(api, staff, body):
    response = api(staff(budgets="update")).put(path_of(make_budget(), "reorder"), body)
    assert response.status_code == 400


def test_an_order_that_holds_no_id_is_refused(api, staff):
    response = api(staff(budgets="update")).put(
        path_of(make_budget(), "reorder"), {"item_ids": ["one"]}
    )
    assert told(response) == (400, ["item_ids.0"])


@pytest.mark.parametrize("size", [2, 5])
def test_one_statement_moves_all_lines(staff, django_assert_num_queries, size):
    from budgets.lines import operations as lines

    jane, budget = staff(), make_budget()
    ids = [make_line(budget, position=n).pk for n in range(size)]

    with django_assert_num_queries(7):  # savepoint twice, lock, read, move, tag, history
        lines.reorder(budget, ids[::-1], by=jane)

    assert list(budget.lines.in_order().values_list("pk", flat=True)) == ids[::-1]


@pytest.mark.parametrize(
    ("grant", "expected"),
    [
        (None, [403] * 6),
        ("view", [200, 200, 403, 403, 403, 403]),
        ("update", [200, 200, 201, 200, 200, 200]),
    ],
)
def test_reading_needs_view_and_every_change_update(api, staff, grant, expected):
    client, budget = api(staff(budgets=grant)), make_budget()
    kept, gone = make_line(budget), make_line(budget, position=1)

    answers = [
        client.get(path_of(budget)),
        client.get(path_of(budget, kept.pk)),
        client.post(path_of(budget), {"description": "New"}),
        client.put(path_of(budget, kept.pk), {"quantity": 2}),
        client.delete(path_of(budget, gone.pk)),
    ]
    ids = list(budget.lines.values_list("pk", flat=True))
    answers.append(client.put(path_of(budget, "reorder"), {"item_ids": ids}))

    assert [answer.status_code for answer in answers] == expected
    if grant != "update":
        assert list(budget.lines.in_order()) == [kept, gone]


def test_the_lines_of_a_hidden_budget_are_not_found(api, staff):
    client = api(staff(budgets="update", scope="own"))
    budget = make_budget(owner=staff())
    line = make_line(budget)

    answers = [
        client.post(path_of(budget), {"description": "New"}),
        client.put(path_of(budget, line.pk), {"quantity": 9}),
        client.delete(path_of(budget, line.pk)),
        client.put(path_of(budget, "reorder"), {"item_ids": [line.pk]}),
    ]

    assert [answer.status_code for answer in answers] == [404] * 4
    assert list(Budget.objects.get().lines.values_list("quantity", flat=True)) == [1]

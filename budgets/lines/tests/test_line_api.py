"""The lines of a budget in the agency dialect."""

from decimal import Decimal

import pytest

from agency.records.history import history_of
from budgets.budgets.tests.factories import (
    make_budget,
    make_invoice_line,
    make_line,
    make_service,
    make_task,
    make_time,
)
from budgets.lines.models import BudgetLine

pytestmark = pytest.mark.django_db


def path_of(budget, *rest):
    return "/".join([f"/api/budgets/{budget.pk}/line-items", *map(str, rest)])


def told(response):
    return response.status_code, list(response.json()["errors"])


def test_a_line_is_made_with_the_documents_defaults(api, staff):
    jane, budget = staff(budgets="update"), make_budget()

    response = api(jane).post(path_of(budget), {"description": "UX design"})

    line = BudgetLine.objects.get()
    item = response.json()["item"]
    assert (response.status_code, list(response.json())) == (201, ["item"])
    assert (item["id"], item["budget_id"]) == (str(line.pk), str(budget.pk))
    assert (item["quantity"], item["unit_price"], item["amount"], item["position"]) == (1, 0, 0, 0)
    assert (item["logged_hours"], item["invoiced_amount"]) == (0, 0)
    [event] = history_of(budget)
    assert (event.verb, event.by) == ("line_item_added", jane)
    assert event.changes == {
        "line": {"id": line.pk, "name": "UX design"},
        "quantity": [None, "1"],
        "unit_price": [None, "0"],
        "amount": [None, "0.00"],
    }


@pytest.mark.parametrize(
    ("currency", "factors", "amount"),
    [
        ("AUD", ("1.5", "33.33"), "50.00"),  # 49.995
        ("AUD", ("120", "175"), "21000"),
        ("JPY", ("1.5", "333"), "500"),  # 499.5
        ("KWD", ("0.3333", "10.01"), "3.336"),  # 3.336333
        ("AUD", ("2", "-10.005"), "-20.01"),
    ],
)
def test_the_amount_is_quantity_times_price_rounded_half_up(api, staff, currency, factors, amount):
    quantity, price = factors
    budget = make_budget(currency=currency)
    body = {"description": "Work", "quantity": quantity, "unit_price": price}

    item = api(staff(budgets="update")).post(path_of(budget), body).json()["item"]

    assert Decimal(str(item["amount"])) == BudgetLine.objects.get().amount == Decimal(amount)


def test_a_service_brings_its_usual_price_when_none_is_given(api, staff):
    client, budget, service = api(staff(budgets="update")), make_budget(), make_service()
    service.default_rate = Decimal("175.50")
    service.save()
    body = {"description": "UX", "quantity": 2, "service_type_id": str(service.pk)}

    usual = client.post(path_of(budget), body).json()["item"]
    agreed = client.post(path_of(budget), body | {"unit_price": 0}).json()["item"]

    assert (usual["unit_price"], usual["amount"]) == (175.5, 351)
    assert (usual["service_type_id"], usual["service_type_name"]) == (str(service.pk), service.name)
    assert agreed["unit_price"] == 0


def test_a_service_that_is_switched_off_is_not_offered(api, staff):
    budget, service = make_budget(), make_service(is_active=False)

    response = api(staff(budgets="update")).post(
        path_of(budget), {"description": "UX", "service_type_id": service.pk}
    )

    assert told(response) == (400, ["service_type_id"])
    assert not BudgetLine.objects.exists()


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("description", ""),
        ("description", "x" * 501),
        ("quantity", -1),
        ("quantity", "many"),
        ("quantity", 1.23456),
        ("unit_price", "1e13"),
        ("service_type_id", "999"),
        ("task_id", "999"),
        ("position", -1),
        ("position", 10**12),
        ("amount", 5),
    ],
)
def test_a_value_that_does_not_fit_is_named(api, staff, name, value):
    budget = make_budget()

    response = api(staff(budgets="update")).post(
        path_of(budget), {"description": "UX"} | {name: value}
    )

    assert told(response) == (400, [name])
    assert not BudgetLine.objects.exists()


@pytest.mark.parametrize("lines", [1, 2])
def test_neither_a_line_nor_their_sum_grows_beyond_what_money_holds(api, staff, lines):
    client, budget = api(staff(budgets="update")), make_budget()
    body = {"description": "Moon", "quantity": 10, "unit_price": "99999999999.9"}
    if lines == 1:
        body["quantity"] = 11

    answers = [client.post(path_of(budget), body) for _ in range(lines)]

    assert told(answers[-1]) == (400, ["unit_price"])
    assert BudgetLine.objects.count() == lines - 1


def test_lines_are_listed_by_position_and_then_by_age(api, staff):
    budget = make_budget()
    last, first, second = (make_line(budget, position=n) for n in (1, 0, 0))
    make_line(make_budget())

    response = api(staff(budgets="view")).get(path_of(budget))

    found = [row["id"] for row in response.json()["line_items"]]
    assert found == [str(first.pk), str(second.pk), str(last.pk)]


def test_logged_is_approved_time_and_invoiced_what_is_not_voided(api, staff):
    jane, budget = staff(), make_budget()
    line = make_line(budget)
    make_time(budget, jane, minutes=90, amount="150", budget_line=line)
    make_time(budget, jane, minutes=60, amount="100", budget_line=line, status="draft")
    make_time(budget, jane, minutes=30, amount="0", budget_line=line, is_billable=False)
    make_invoice_line(budget, "40.40", line=line)
    make_invoice_line(budget, "9", line=line, status="voided")

    item = api(jane).get(path_of(budget, line.pk)).json()["item"]

    assert (item["logged_hours"], item["burned_amount"], item["invoiced_amount"]) == (2, 150, 40.4)


@pytest.mark.parametrize("size", [1, 3])
def test_the_list_takes_two_statements_however_long(api, staff, django_assert_num_queries, size):
    client, budget = api(staff(budgets="view")), make_budget()
    for _ in range(size):
        make_line(budget, service_type=make_service(), task=make_task())

    with django_assert_num_queries(2):
        assert len(client.get(path_of(budget)).json()["line_items"]) == size


def test_the_amount_follows_from_what_was_given_and_what_stands(api, staff):
    jane, budget = staff(budgets="update"), make_budget()
    line = make_line(budget, "2", "50", description="UX")

    response = api(jane).put(path_of(budget, line.pk), {"quantity": 3})

    assert (response.status_code, response.json()["item"]["amount"]) == (200, 150)
    [event] = history_of(budget)
    assert (event.verb, event.by) == ("line_item_updated", jane)
    assert event.changes == {
        "line": {"id": line.pk, "name": "UX"},
        "quantity": ["2.0000", "3.0000"],
        "amount": ["100.0000", "150.00"],
    }


def test_every_field_of_the_document_can_be_changed(api, staff):
    budget, service, task = make_budget(), make_service(), make_task()
    line = make_line(budget)
    body = {
        "service_type_id": str(service.pk),
        "description": "New",
        "task_id": str(task.pk),
        "position": 4,
        "quantity": 2.5,
        "unit_price": 10,
    }

    item = api(staff(budgets="update")).patch(path_of(budget, line.pk), body).json()["item"]

    assert {name: item[name] for name in body} == body
    assert (item["amount"], item["task_title"]) == (25, task.title)


def test_a_service_chosen_later_prices_a_line_that_had_no_price(api, staff):
    client, budget = api(staff(budgets="update")), make_budget()
    service = make_service(default_rate=Decimal(90))
    free, priced = make_line(budget, unit_price="0"), make_line(budget, unit_price="70")
    body = {"service_type_id": service.pk}

    items = [client.put(path_of(budget, line.pk), body).json()["item"] for line in (free, priced)]

    assert [item["unit_price"] for item in items] == [90, 70]


def test_a_line_change_renews_the_budgets_entity_tag(api, staff):
    client, budget = api(staff(budgets="update")), make_budget()
    line = make_line(budget)

    def tag():
        return client.get(f"/api/budgets/{budget.pk}").headers["ETag"]

    tags = [tag()]
    client.put(path_of(budget, line.pk), {"quantity": 3})
    tags.append(tag())
    client.post(path_of(budget), {"description": "More"})
    tags.append(tag())
    client.delete(path_of(budget, line.pk))
    tags.append(tag())
    assert len(set(tags)) == 4


def test_a_stale_line_is_not_overwritten(api, staff):
    client, budget = api(staff(budgets="update")), make_budget()
    path = path_of(budget, make_line(budget, "2").pk)
    tag = client.get(path).headers["ETag"]
    client.put(path, {"quantity": 3})

    response = client.put(path, {"quantity": 4}, headers={"If-Match": tag})

    assert response.status_code == 412
    assert BudgetLine.objects.get().quantity == 3


def test_a_line_of_another_budget_is_not_found(api, staff):
    client, budget, other = api(staff(budgets="update")), make_budget(), make_budget()
    line = make_line(other)

    answers = [
        client.get(path_of(budget, line.pk)),
        client.put(path_of(budget, line.pk), {"quantity": 3}),
        client.delete(path_of(budget, line.pk)),
    ]

    assert [answer.status_code for answer in answers] == [404] * 3
    assert BudgetLine.objects.get().quantity == 1


def test_a_deleted_line_is_told_in_the_history(api, staff):
    jane, budget = staff(budgets="update"), make_budget()
    line = make_line(budget, "2", "50", description="UX")

    response = api(jane).delete(path_of(budget, line.pk))

    assert (response.status_code, response.json()) == (200, {"ok": True})
    assert not BudgetLine.objects.exists()
    [event] = history_of(budget)
    assert (event.verb, event.by) == ("line_item_removed", jane)
    assert event.changes == {
        "line": {"id": line.pk, "name": "UX"},
        "quantity": ["2.0000", None],
        "unit_price": ["50.0000", None],
        "amount": ["100.0000", None],
    }


@pytest.mark.parametrize("use", ["time", "invoice"])
def test_a_used_line_is_not_deleted(api, staff, use):
    jane, budget = staff(), make_budget()
    line = make_line(budget)
    if use == "time":
        make_time(budget, jane, budget_line=line)
    else:
        make_invoice_line(budget, line=line)

    response = api(jane).delete(path_of(budget, line.pk))

    assert response.status_code == 409
    assert BudgetLine.objects.filter(pk=line.pk).exists()
    assert history_of(budget).count() == 0


def test_time_that_nobody_approved_and_voided_invoices_do_not_hold_a_line(api, staff):
    jane, budget = staff(), make_budget()
    line = make_line(budget)
    entry = make_time(budget, jane, status="draft", budget_line=line)
    billed = make_invoice_line(budget, line=line, status="voided")

    assert api(jane).delete(path_of(budget, line.pk)).status_code == 200

    entry.refresh_from_db()
    billed.refresh_from_db()
    assert (entry.budget, entry.budget_line, billed.budget_line) == (budget, None, None)

"""The forms and buttons that change a budget."""

from decimal import Decimal

import pytest

from agency.records.history import history_of
from budgets.budgets.models import Budget
from budgets.budgets.tests.factories import (
    make_budget,
    make_deal,
    make_line,
    make_project,
    make_time,
)

pytestmark = pytest.mark.django_db


def form(**values):
    return {"name": "Website", "status": "active", "currency": "AUD"} | values


def test_a_budget_is_made_for_a_project_and_its_company(page, staff):
    jane, project = staff(), make_project()

    response = page(jane).post("/budgets/new", form(project=project.pk, total_amount="96,000.50"))

    budget = Budget.objects.get()
    assert response.headers["Location"] == f"/budgets/{budget.pk}"
    assert (budget.resource_type, budget.project, budget.customer) == (
        "project",
        project,
        project.customer,
    )
    assert (budget.total_amount, budget.owner) == (Decimal("96000.50"), jane)


def test_a_link_fills_in_what_the_budget_is_for(page, staff):
    deal = make_deal()

    form = page(staff()).get(f"/budgets/new?deal={deal.pk}").context["form"]

    assert (form.initial["deal"], form.initial["customer"]) == (deal, deal.customer)


@pytest.mark.parametrize("query", ["project=abc", "project=999", "deal=99999999999999999999"])
def test_a_link_to_nothing_fills_in_nothing(page, staff, query):
    initial = page(staff()).get(f"/budgets/new?{query}").context["form"].initial
    assert set(initial) == {"owner", "currency"}


def test_a_budget_needs_to_be_for_something(page, staff):
    response = page(staff()).post("/budgets/new", form())

    assert response.status_code == 422
    assert list(response.context["form"].errors) == ["customer"]
    assert not Budget.objects.exists()


def test_an_edit_keeps_what_was_not_changed(page, staff):
    jane, budget = staff(), make_budget(budget_type="retainer", owner=None)
    make_line(budget)
    client = page(jane)
    path = f"/budgets/{budget.pk}/edit"
    initial = client.get(path).context["form"].initial
    typed = {name: getattr(value, "pk", value) for name, value in initial.items() if value}

    client.post(path, typed | {"name": "Renamed"})

    [event] = history_of(budget)
    assert event.changes == {"name": [budget.name, "Renamed"]}


def test_a_refusal_stands_beside_its_field(page, staff):
    jane, budget = staff(), make_budget()
    make_time(budget, jane)

    response = page(jane).post(
        f"/budgets/{budget.pk}/edit", form(project=budget.project_id, currency="USD")
    )

    assert response.status_code == 422
    assert list(response.context["form"].errors) == ["currency"]


def test_a_button_moves_the_budget_on(page, staff):
    budget = make_budget(status="draft")

    page(staff(budgets="update")).post(f"/budgets/{budget.pk}/active")

    assert Budget.objects.get().status == "active"


def test_deleting_from_the_page_needs_manage(page, staff):
    budget = make_budget()
    path = f"/budgets/{budget.pk}/delete"

    refused = page(staff(budgets="update")).post(path)
    assert (refused.status_code, Budget.objects.count()) == (403, 1)
    done = page(staff(budgets="manage")).post(path)
    assert (done.headers["Location"], Budget.objects.count()) == ("/budgets", 0)


@pytest.mark.parametrize(
    ("grant", "expected"),
    [(None, [403] * 4), ("view", [200, 200, 403, 403]), ("update", [200, 200, 200, 200])],
)
def test_pages_need_their_level(page, staff, grant, expected):
    budget, client = make_budget(), page(staff(budgets=grant))
    paths = ["", f"/{budget.pk}", "/new", f"/{budget.pk}/edit"]

    found = [client.get(f"/budgets{path}").status_code for path in paths]

    assert found == expected


def test_a_hidden_budget_is_not_found(page, staff):
    client = page(staff(budgets="manage", scope="own"))
    budget = make_budget(owner=staff())
    path = f"/budgets/{budget.pk}"

    answers = [client.get(path), client.get(f"{path}/edit"), client.post(f"{path}/delete")]

    assert [answer.status_code for answer in answers] == [404] * 3
    assert Budget.objects.count() == 1

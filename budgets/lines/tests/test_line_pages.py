"""The dialogs and the order of lines on the budget's page."""

from decimal import Decimal

import pytest
from django.contrib.messages import get_messages

from budgets.budgets.tests.factories import make_budget, make_line, make_service, make_time
from budgets.lines.models import BudgetLine

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true", "HX-Target": "dialog-body"}


def test_a_line_is_added_at_the_end_with_the_usual_price(page, staff):
    budget, service = make_budget(), make_service(default_rate=Decimal("175.5"))
    make_line(budget, position=3)
    typed = {"description": "UX", "quantity": "1.5", "service_type": service.pk}

    response = page(staff(budgets="update")).post(f"/budgets/{budget.pk}/lines/new", typed)

    line = BudgetLine.objects.get(description="UX")
    assert response.headers["Location"] == f"/budgets/{budget.pk}"
    assert (line.position, line.unit_price, line.amount) == (4, Decimal("175.5"), Decimal("263.25"))


def test_the_dialog_offers_services_with_their_price(page, staff):
    budget = make_budget()
    make_service(name="UX design", default_rate=Decimal(175))
    make_service(name="Gone", is_active=False)

    shown = page(staff(budgets="update")).get(f"/budgets/{budget.pk}/lines/new", headers=HTMX)

    assert "UX design, 175.00 per hour" in shown.content.decode()
    assert "Gone" not in shown.content.decode()
    assert "<html" not in shown.content.decode()


def test_a_line_keeps_a_service_that_is_no_longer_offered(page, staff):
    service = make_service(is_active=False)
    line = make_line(make_budget(), "1", "70", service_type=service)
    typed = {"description": "New words", "quantity": "1", "service_type": service.pk}

    page(staff(budgets="update")).post(
        f"/budget-lines/{line.pk}/edit", typed | {"unit_price": "70.00"}
    )

    line.refresh_from_db()
    assert (line.description, line.service_type, line.unit_price) == ("New words", service, 70)


def test_a_refusal_keeps_what_was_typed(page, staff):
    budget = make_budget()
    typed = {"description": "Moon", "quantity": "99999", "unit_price": "99999999999"}

    response = page(staff(budgets="update")).post(f"/budgets/{budget.pk}/lines/new", typed)

    assert response.status_code == 422
    assert list(response.context["form"].errors) == ["unit_price"]
    assert response.context["form"]["description"].value() == "Moon"


def test_dragging_puts_the_lines_in_a_new_order(page, staff):
    budget = make_budget()
    first, second = (make_line(budget, position=n) for n in range(2))

    response = page(staff(budgets="update")).post(
        f"/budgets/{budget.pk}/lines/order", {"ids": f"{second.pk},{first.pk}"}
    )

    assert response.status_code == 204
    assert list(budget.lines.in_order()) == [second, first]


@pytest.mark.parametrize("ids", ["", "x", "1,1", "999999"])
def test_an_order_that_names_other_lines_is_refused(page, staff, ids):
    budget = make_budget()
    first, second = (make_line(budget, position=n) for n in range(2))

    response = page(staff(budgets="update")).post(f"/budgets/{budget.pk}/lines/order", {"ids": ids})

    assert response.status_code == 409
    assert list(budget.lines.in_order()) == [first, second]


def test_a_line_moves_by_one_place_and_stays_at_the_ends(page, staff):
    client, budget = page(staff(budgets="update")), make_budget()
    first, second = (make_line(budget, position=n) for n in range(2))

    client.post(f"/budget-lines/{first.pk}/down")
    assert list(budget.lines.in_order()) == [second, first]
    client.post(f"/budget-lines/{second.pk}/up")
    assert list(budget.lines.in_order()) == [second, first]


def test_a_used_line_is_kept_and_the_reason_told(page, staff):
    jane, budget = staff(), make_budget()
    line = make_line(budget, description="UX")
    make_time(budget, jane, budget_line=line)

    response = page(jane).post(f"/budget-lines/{line.pk}/delete")

    assert BudgetLine.objects.filter(pk=line.pk).exists()
    assert [str(message) for message in get_messages(response.wsgi_request)] == [
        "Approved time is logged on “UX”."
    ]


@pytest.mark.parametrize(("grant", "expected"), [(None, 403), ("view", 403), ("update", 200)])
def test_changing_lines_needs_update(page, staff, grant, expected):
    line = make_line(make_budget())
    client = page(staff(budgets=grant))

    assert client.get(f"/budgets/{line.budget_id}/lines/new").status_code == expected
    assert client.get(f"/budget-lines/{line.pk}/edit").status_code == expected


def test_the_lines_of_a_hidden_budget_are_not_found(page, staff):
    line = make_line(make_budget(owner=staff()))
    client = page(staff(budgets="manage", scope="own"))

    answers = [
        client.get(f"/budgets/{line.budget_id}/lines/new"),
        client.get(f"/budget-lines/{line.pk}/edit"),
        client.post(f"/budget-lines/{line.pk}/delete"),
        client.post(f"/budgets/{line.budget_id}/lines/order", {"ids": str(line.pk)}),
    ]

    assert [answer.status_code for answer in answers] == [404] * 4
    assert BudgetLine.objects.count() == 1

"""The board, the list and the page of deals."""

from decimal import Decimal

import pytest

from crm.customers.tests.factories import make_contact, make_customer, make_deal
from crm.deals.models import Deal

pytestmark = pytest.mark.django_db


def lanes(response) -> dict:
    return {lane.key: lane for lane in response.context["lanes"]}


def test_the_board_counts_and_adds_up_each_lane_per_currency(page, staff):
    make_deal(value=100, currency="AUD")
    make_deal(value=50, currency="AUD")
    make_deal(value=70, currency="NZD")
    make_deal(value=900, stage="won")  # closed long ago: it has left the board

    found = lanes(page(staff()).get("/deals"))

    assert list(found) == ["lead", "qualified", "proposal", "negotiation", "won", "lost"]
    assert (found["lead"].count, len(found["lead"].cards)) == (3, 3)
    assert found["lead"].sums == [("AUD", Decimal(150)), ("NZD", Decimal(70))]
    assert found["won"].count == 0


def test_a_card_is_moved_by_dragging(page, staff):
    deal = make_deal()
    response = page(staff()).post(
        "/deals", {"id": deal.pk, "to": "won", "place": "0"}, headers={"HX-Request": "true"}
    )
    assert (response.status_code, "board" in response["HX-Trigger"]) == (204, True)
    assert Deal.objects.get().stage == "won"


def test_a_refused_move_is_told_and_the_board_drawn_anew(page, staff):
    deal = make_deal(stage="lost")
    response = page(staff()).post(
        "/deals", {"id": deal.pk, "to": "won", "place": "0"}, headers={"HX-Request": "true"}
    )
    assert "Cannot go from" in response["HX-Trigger"]
    assert "board" in response["HX-Trigger"]
    assert Deal.objects.get().stage == "lost"


@pytest.mark.parametrize("body", [{}, {"id": "x", "to": "won"}, {"id": "1" * 30, "to": "won"}])
def test_a_move_without_a_card_is_refused(page, staff, body):
    assert page(staff()).post("/deals", body).status_code == 400


def test_moving_needs_its_level_and_its_scope(page, staff):
    deal = make_deal(owner=staff())
    body = {"id": deal.pk, "to": "won"}
    assert page(staff(deals="view")).post("/deals", body).status_code == 403
    assert page(staff(deals="update", scope="own")).post("/deals", body).status_code == 404
    assert Deal.objects.get().stage == "lead"


@pytest.mark.parametrize("size", [1, 3])
def test_the_board_takes_eight_statements_however_many_cards(
    page, staff, django_assert_num_queries, size
):
    jane = staff()
    for _ in range(size):
        make_deal(owner=jane, customer=make_customer())
    client = page(jane)
    client.get("/deals")
    with django_assert_num_queries(8):
        client.get("/deals")


@pytest.mark.parametrize("size", [1, 3])
def test_the_list_takes_nine_statements_however_long(page, staff, django_assert_num_queries, size):
    jane = staff()
    for _ in range(size):
        make_deal(owner=jane, contact=make_contact())
    client = page(jane)
    client.get("/deals/list")
    with django_assert_num_queries(9):
        client.get("/deals/list")


def test_the_page_explains_the_weighted_value(page, staff):
    deal = make_deal(value=1000, probability=40, currency="AUD")
    context = page(staff()).get(deal.get_absolute_url()).context
    figures = {figure.label: figure for figure in context["figures"]}
    assert figures["Weighted"].value == Decimal(400)
    assert figures["Weighted"].explain.result == Decimal(400)
    assert [step.label for step in context["steps"] if step.state == "now"] == ["Lead"]


def test_a_deal_is_added_from_its_customer(page, staff):
    customer, client = make_customer(currency="NZD"), page(staff())
    form = client.get(f"/deals/new?customer={customer.pk}&stage=proposal").context["form"]
    assert (form["currency"].value(), form["stage"].value()) == ("NZD", "proposal")

    body = {"title": "Site", "customer": customer.pk, "stage": "proposal", "value": "1,500.50"}
    client.post("/deals/new", body | {"currency": "NZD", "pipeline": "sales"})

    deal = Deal.objects.get()
    assert (deal.customer, deal.value, deal.probability) == (customer, Decimal("1500.50"), 50)


def test_losing_asks_for_the_reason(page, staff):
    deal = make_deal()
    page(staff()).post(f"/deals/{deal.pk}/lost", {"reason": "Too dear"})
    deal.refresh_from_db()
    assert (deal.stage, deal.lost_reason) == ("lost", "Too dear")


def test_the_buttons_move_a_deal(page, staff):
    client, deal = page(staff()), make_deal()
    client.post(f"/deals/{deal.pk}/move?to=negotiation")
    assert Deal.objects.get().stage == "negotiation"
    client.post(f"/deals/{deal.pk}/move?to=nowhere")
    assert Deal.objects.get().stage == "negotiation"
    client.post(f"/deals/{deal.pk}/won")
    assert Deal.objects.get().stage == "won"
    client.post(f"/deals/{deal.pk}/delete")
    assert not Deal.objects.exists()


@pytest.mark.parametrize("step", ["edit", "move", "won", "lost", "delete"])
def test_changing_needs_its_level_and_its_scope(page, staff, step):
    deal = make_deal(owner=staff())
    path = f"/deals/{deal.pk}/{step}"
    assert page(staff(deals="view")).post(path).status_code == 403
    assert page(staff(deals="manage", scope="own")).post(path).status_code == 404
    assert Deal.objects.get().stage == "lead"


def test_the_panel_of_a_customer_shows_its_deals(page, staff):
    customer = make_customer()
    make_deal(title="Site", customer=customer)
    make_deal(title="Elsewhere")
    path = f"/customers/{customer.pk}/panels/deals"
    html = page(staff()).get(path).content.decode()
    assert ("Site" in html, "Elsewhere" in html) == (True, False)
    assert page(staff(customers="view")).get(path).status_code == 403

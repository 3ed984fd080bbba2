"""Deals through ``/api/deals``."""

from datetime import date
from decimal import Decimal

import pytest
from django.apps import apps

from agency.errors import StateError
from agency.records.history import history_of
from crm.customers.tests.factories import make_contact, make_customer, make_deal, make_task
from crm.deals import operations as deals
from crm.deals.models import Deal

pytestmark = pytest.mark.django_db


def test_a_deal_is_added_with_its_company_and_contact(api, staff):
    jane, contact = staff(), make_contact(first_name="Pat", last_name="Ito")
    body = {
        "title": "Website rebuild",
        "company_id": str(contact.customer_id),
        "contact_id": contact.pk,
        "pipeline": "renewals",
        "stage": "proposal",
        "value": "12000.50",
        "currency": "AUD",
        "probability": 60,
        "close_date": "2026-12-18",
    }

    response = api(jane).post("/api/deals", body)

    assert response.status_code == 201, response.json()
    shown = response.json()["deal"]
    assert {name: shown[name] for name in ("title", "pipeline", "stage", "close_date")} == {
        "title": "Website rebuild",
        "pipeline": "renewals",
        "stage": "proposal",
        "close_date": "2026-12-18",
    }
    assert (shown["value"], shown["weighted_value"]) == (12000.50, 7200.30)
    assert (shown["contact_name"], shown["company_name"]) == ("Pat Ito", contact.customer.name)
    assert (shown["owner_id"], shown["created_by"]) == (str(jane.pk), str(jane.pk))


def test_what_is_left_out_follows_from_the_company_and_the_stage(api, staff):
    contact = make_contact(make_customer(currency="NZD"))
    body = {"title": "Retainer", "contact_id": contact.pk}
    shown = api(staff()).post("/api/deals", body).json()["deal"]
    assert shown["company_id"] == str(contact.customer_id)
    assert (shown["currency"], shown["stage"], shown["probability"]) == ("NZD", "lead", 10)


@pytest.mark.parametrize(
    ("verb", "stage", "probability"), [("won", "won", 100), ("lost", "lost", 0)]
)
def test_closing_a_deal_stamps_it(api, staff, verb, stage, probability):
    jane, deal = staff(), make_deal(probability=40)

    shown = api(jane).post(f"/api/deals/{deal.pk}/{verb}").json()["deal"]

    assert (shown["stage"], shown["probability"]) == (stage, probability)
    assert shown["closed_at"] is not None
    event = history_of(deal).get()
    assert (event.verb, event.by, event.changes["stage"]) == (verb, jane, ["lead", stage])


def test_a_lost_deal_keeps_the_reason_until_it_is_opened_again(api, staff):
    client, deal = api(staff()), make_deal()
    path = f"/api/deals/{deal.pk}"

    lost = client.post(f"{path}/lost", {"reason": "Too dear"}).json()["deal"]
    opened = client.put(path, {"stage": "negotiation"}).json()["deal"]

    assert lost["lost_reason"] == "Too dear"
    assert (opened["lost_reason"], opened["closed_at"], opened["probability"]) == ("", None, 75)


def test_a_reason_may_come_with_the_stage_and_needs_a_lost_deal(api, staff):
    client, deal = api(staff()), make_deal()
    path = f"/api/deals/{deal.pk}"

    refused = client.put(path, {"lost_reason": "Too dear"})
    lost = client.put(path, {"stage": "lost", "lost_reason": "No money"}).json()["deal"]
    changed = client.put(path, {"lost_reason": "No time"}).json()["deal"]

    assert (refused.status_code, list(refused.json()["errors"])) == (400, ["lost_reason"])
    assert (lost["lost_reason"], changed["lost_reason"]) == ("No money", "No time")


def test_a_won_deal_cannot_be_lost_or_won_again(api, staff):
    client, deal = api(staff()), make_deal(stage="won")

    for verb in ("won", "lost"):
        response = client.post(f"/api/deals/{deal.pk}/{verb}")
        assert response.status_code == 409
        assert "negotiation" in response.json()["message"]
    assert Deal.objects.get().stage == "won"


def test_winning_ticks_the_onboarding_of_the_company(staff):
    customer = make_customer()
    deals.win(make_deal(customer=customer), by=staff())
    assert customer.onboarding.get(key="deal_won").source == "auto"


def test_a_typed_probability_stays_while_the_deal_moves(staff):
    jane = staff()
    typed = deals.move(make_deal(probability=42), "proposal", by=jane)
    usual = deals.move(make_deal(probability=10), "proposal", by=jane)
    assert (typed.probability, usual.probability) == (42, 50)


def test_a_contact_of_another_company_is_refused(api, staff):
    body = {"title": "Site", "company_id": make_customer().pk, "contact_id": make_contact().pk}
    response = api(staff()).post("/api/deals", body)
    assert (response.status_code, list(response.json()["errors"])) == (400, ["contact_id"])
    assert not Deal.objects.exists()


def test_another_company_takes_the_contact_away(staff):
    contact = make_contact()
    deal = make_deal(customer=contact.customer, contact=contact)
    deal = deals.update(deal, by=staff(), customer=make_customer())
    assert deal.contact is None


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("title", ""),
        ("value", -1),
        ("value", "NaN"),
        ("value", 1e15),
        ("value", True),
        ("probability", 101),
        ("stage", "sleeping"),
        ("currency", "XXQ"),
        ("close_date", "2026-02-30"),
        ("contact_id", 123456),
    ],
)
def test_bad_input_names_the_field(api, staff, field, value):
    response = api(staff()).post("/api/deals", {"title": "Site", field: value})
    assert (response.status_code, list(response.json()["errors"])) == (400, [field])


def test_a_deal_with_a_budget_or_a_task_is_kept(api, staff):
    deal = make_deal(title="Site", customer=make_customer())
    apps.get_model("budgets", "Budget").objects.create(
        name="Site", resource_type="deal", deal=deal, customer=deal.customer
    )
    make_task(subject_type="deal", subject_id=deal.pk)

    response = api(staff()).delete(f"/api/deals/{deal.pk}")

    assert response.status_code == 409
    assert response.json()["message"] == "“Site” cannot be deleted: it has 1 budget and 1 task."
    assert api(staff()).delete(f"/api/deals/{make_deal().pk}").json() == {"ok": True}


def test_own_scope_sees_own_deals_alone(api, staff):
    me = staff(deals="manage", scope="own")
    mine, foreign = make_deal(owner=me), make_deal(owner=staff())
    client = api(me)

    listed = client.get("/api/deals").json()["deals"]

    assert [row["id"] for row in listed] == [str(mine.pk)]
    assert client.post(f"/api/deals/{foreign.pk}/won").status_code == 404
    assert Deal.objects.get(pk=foreign.pk).stage == "lead"


@pytest.mark.parametrize(
    ("grant", "answers"),
    [(None, [403, 403, 403]), ("view", [200, 403, 403]), ("update", [200, 200, 403])],
)
def test_each_step_needs_its_level(api, staff, grant, answers):
    client, deal = api(staff(deals=grant)), make_deal()
    path = f"/api/deals/{deal.pk}"

    given = [client.get(path), client.post(f"{path}/won"), client.delete(path)]

    assert [response.status_code for response in given] == answers
    assert Deal.objects.get().stage == ("won" if answers[1] == 200 else "lead")


def test_filters_narrow_the_list(api, staff):
    jane, customer = staff(), make_customer(name="Acme")
    first = make_deal(title="One", customer=customer, stage="won", close_on=date(2026, 11, 1))
    second = make_deal(title="Two", owner=jane, pipeline="renewals", value=Decimal(5))
    client = api(jane)

    def ids(query):
        return [row["id"] for row in client.get(f"/api/deals?{query}").json()["deals"]]

    assert ids("stage=won") == [str(first.pk)]
    assert ids("is_open=true") == [str(second.pk)]
    assert ids(f"company_id={customer.pk}") == [str(first.pk)]
    assert ids(f"owner_id={jane.pk}") == [str(second.pk)]
    assert ids("pipeline=Renewals") == [str(second.pk)]
    assert ids("close_from=2026-10-01&close_to=2026-11-01") == [str(first.pk)]
    assert ids("search=acme") == [str(first.pk)]
    assert ids("sort=-value") == [str(second.pk), str(first.pk)]


@pytest.mark.parametrize("size", [1, 3])
def test_the_list_takes_one_statement_however_long(api, staff, django_assert_num_queries, size):
    jane = staff()
    for _ in range(size):
        make_deal(owner=jane, contact=make_contact())
    client = api(jane)
    with django_assert_num_queries(1):
        response = client.get("/api/deals")
    assert len(response.json()["deals"]) == size


def test_an_operation_refuses_what_the_table_of_moves_does_not_hold(staff):
    with pytest.raises(StateError):
        deals.move(make_deal(stage="lost"), "won", by=staff())

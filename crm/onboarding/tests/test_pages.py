"""The checklist on a customer's page."""

import pytest

from crm.customers.tests.factories import make_customer

pytestmark = pytest.mark.django_db

HTMX = {"HX-Request": "true", "HX-Target": "panel-onboarding"}


def test_the_panel_opens_the_stage_that_is_going_on(page, staff):
    customer = make_customer()
    context = page(staff()).get(f"/customers/{customer.pk}/panels/onboarding").context
    assert (context["done"], context["total"], context["percentage"]) == (0, 10, 0)
    assert context["current"] == "Agreement"


def test_a_tick_answers_with_the_panel_as_it_is_now(page, staff):
    jane, customer = staff(), make_customer()
    path = f"/customers/{customer.pk}/onboarding/plan_agreed"

    ticked = page(jane).post(path, {"completed": "on", "stage": "Kick-off"}, headers=HTMX)

    assert (ticked.context["done"], ticked.context["current"]) == (1, "Kick-off")
    assert customer.onboarding.get(key="plan_agreed").completed_by == jane
    page(jane).post(path, {}, headers=HTMX)
    assert not customer.onboarding.completed().exists()


def test_notes_are_kept_from_their_dialog(page, staff):
    customer = make_customer()
    path = f"/customers/{customer.pk}/onboarding/plan_agreed/notes"
    client = page(staff())
    client.post(path, {"notes": "In writing"})
    assert customer.onboarding.get(key="plan_agreed").notes == "In writing"
    assert client.get(f"/customers/{customer.pk}/onboarding/nothing/notes").status_code == 404


def test_ticking_needs_more_than_seeing(page, staff):
    customer = make_customer()
    client = page(staff(customers="view"))
    html = client.get(f"/customers/{customer.pk}/panels/onboarding").content.decode()
    response = client.post(f"/customers/{customer.pk}/onboarding/plan_agreed", {"completed": "on"})
    assert ("checkbox" in html, response.status_code) == (False, 403)
    assert not customer.onboarding.completed().exists()

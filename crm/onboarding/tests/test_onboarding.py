"""The checklist of a new customer, in operations and at ``/api/clients/:id/onboarding``."""

import pytest

from agency.errors import BusinessError
from agency.records.history import history_of
from crm.customers.models import Customer
from crm.customers.tests.factories import make_customer
from crm.onboarding import operations as onboarding
from crm.onboarding.checklist import STAGES

pytestmark = pytest.mark.django_db


def path(customer, key=""):
    return f"/api/clients/{customer.pk}/onboarding" + (f"/{key}" if key else "")


def step_of(answer, key):
    found = [step for stage in answer["stages"] for step in stage["milestones"]]
    return next(step for step in found if step["key"] == key)


def test_a_new_company_starts_with_the_default_stages(api, staff):
    client = api(staff())
    made = client.post("/api/companies", {"name": "Acme"}).json()["company"]

    answer = client.get(f"/api/clients/{made['id']}/onboarding").json()

    assert [stage["title"] for stage in answer["stages"]] == list(STAGES)
    assert (answer["company_id"], answer["percentage"]) == (made["id"], 0)
    assert step_of(answer, "first_invoice") == {
        "key": "first_invoice",
        "title": "First invoice",
        "completed": False,
        "completed_at": None,
        "completed_by": None,
        "completed_by_name": None,
        "source": None,
        "notes": "",
    }


def test_ticking_a_milestone_by_hand_says_who_and_when(api, staff):
    jane, customer = staff(), make_customer()

    answer = api(jane).put(
        path(customer, "contract_signed"), {"completed": True, "notes": "By post"}
    )

    step = step_of(answer.json(), "contract_signed")
    assert (step["completed"], step["source"], step["notes"]) == (True, "manual", "By post")
    assert (step["completed_by"], step["completed_by_name"]) == (str(jane.pk), str(jane))
    assert (answer.json()["percentage"], answer.json()["stages"][0]["percentage"]) == (10, 33)
    verbs = [event.verb for event in history_of(customer)]
    assert verbs == ["onboarding_noted", "onboarding_completed"]


def test_a_tick_can_be_taken_back(api, staff):
    client, customer = api(staff()), make_customer()
    client.put(path(customer, "first_delivery"), {"completed": True})

    answer = client.put(path(customer, "first_delivery"), {"completed": False}).json()

    step = step_of(answer, "first_delivery")
    assert (step["completed"], step["completed_by"], step["source"]) == (False, None, None)
    assert history_of(customer).first().verb == "onboarding_reopened"


def test_completing_twice_is_completing_once(staff):
    jane, customer = staff(), make_customer()

    first = onboarding.complete(customer, "first_invoice", by=jane, source="auto")
    again = onboarding.complete(customer, "first_invoice", by=staff(), source="manual")

    step = customer.onboarding.get(key="first_invoice")
    assert (first, again) == (True, False)
    assert (step.completed_by, step.source) == (jane, "auto")
    assert history_of(customer).count() == 1


def test_a_milestone_that_is_not_on_the_list_is_left_alone_by_others(staff):
    customer = make_customer()
    assert onboarding.complete(customer, "unheard_of", by=staff()) is False
    with pytest.raises(BusinessError):
        onboarding.change(customer, "unheard_of", by=staff(), completed=True)


def test_a_company_without_a_checklist_shows_the_default_and_gets_it_with_the_first_tick(
    api, staff
):
    client, customer = api(staff()), Customer.objects.create(name="Brought over")

    assert client.get(path(customer)).json()["percentage"] == 0
    assert not customer.onboarding.exists()
    answer = client.put(path(customer, "plan_agreed"), {"completed": True}).json()

    assert answer["percentage"] == 10
    assert customer.onboarding.count() == 10


@pytest.mark.parametrize(
    ("body", "status"),
    [({}, 400), ({"completed": "maybe"}, 400), ({"done": True}, 400), ({"notes": None}, 200)],
)
def test_a_tick_is_read_strictly(api, staff, body, status):
    response = api(staff()).put(path(make_customer(), "plan_agreed"), body)
    assert response.status_code == status


def test_an_unknown_milestone_or_a_foreign_company_is_not_found(api, staff):
    me = staff(customers="update", scope="own")
    mine, foreign = make_customer(owner=me), make_customer(owner=staff())
    client = api(me)

    assert client.put(path(mine, "nothing"), {"completed": True}).status_code == 404
    assert client.get(path(foreign)).status_code == 404
    assert client.put(path(foreign, "plan_agreed"), {"completed": True}).status_code == 404
    assert not foreign.onboarding.completed().exists()


@pytest.mark.parametrize(
    ("grant", "seen", "ticked"), [(None, 403, 403), ("view", 200, 403), ("update", 200, 200)]
)
def test_seeing_needs_view_and_ticking_needs_update(api, staff, grant, seen, ticked):
    client, customer = api(staff(customers=grant)), make_customer()

    assert client.get(path(customer)).status_code == seen
    assert client.put(path(customer, "plan_agreed"), {"completed": True}).status_code == ticked
    assert customer.onboarding.completed().exists() == (ticked == 200)


def test_the_checklist_takes_two_statements(api, staff, django_assert_num_queries):
    customer, client = make_customer(), api(staff())
    with django_assert_num_queries(2):
        client.get(path(customer))

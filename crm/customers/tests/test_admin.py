"""Customers and their people in the admin."""

import pytest

from agency.records.history import history_of
from crm.contacts.models import Contact
from crm.customers.models import Customer
from crm.customers.tests.factories import make_contact, make_customer, make_deal

pytestmark = pytest.mark.django_db

URL = "/admin/crm/customer/"


@pytest.fixture
def admin(page, staff):
    jane = staff(is_staff=True)
    client = page(jane)
    client.jane = jane
    return client


def body(customer=None, contacts=(), **values) -> dict:
    """What the admin's form sends: the customer's fields and its inlines."""
    sent = {"name": "Acme", "is_active": "on"} | values
    sent |= {"onboarding-TOTAL_FORMS": 0, "onboarding-INITIAL_FORMS": 0}
    known = [row for row in contacts if row.get("id")]
    sent |= {"contacts-TOTAL_FORMS": len(contacts), "contacts-INITIAL_FORMS": len(known)}
    for number, row in enumerate(contacts):
        whole = {"customer": customer.pk if customer else ""} | row
        sent |= {f"contacts-{number}-{name}": value for name, value in whole.items()}
    return sent


def test_a_customer_is_added_with_its_checklist_and_people(admin):
    response = admin.post(f"{URL}add/", body(contacts=[{"first_name": "Pat", "is_active": "on"}]))

    assert response.status_code == 302, response.content.decode()
    customer = Customer.objects.get()
    assert (customer.owner, customer.created_by) == (admin.jane, admin.jane)
    assert customer.onboarding.count() == 10
    assert Contact.objects.get().is_primary
    assert [event.verb for event in history_of(customer)] == ["contact_added", "created"]


def test_a_refusal_stands_beside_its_field_and_nothing_changes(admin):
    customer = make_customer(name="Acme")
    response = admin.post(f"{URL}{customer.pk}/change/", body(customer, country="XX"))
    assert response.status_code == 200
    assert "is not a country code" in response.content.decode()
    assert not history_of(customer).exists()


def test_a_change_is_recorded_as_made_in_the_admin(admin):
    customer = make_customer(name="Acme", city="Perth")
    admin.post(f"{URL}{customer.pk}/change/", body(customer, city="Hobart"))
    [event] = history_of(customer)
    assert (event.changes, event.through) == ({"city": ["Perth", "Hobart"]}, "admin")


def test_people_are_changed_and_removed_through_their_operations(admin):
    customer = make_customer(name="Acme")
    first = make_contact(customer, first_name="Pat", is_primary=True)
    second = make_contact(customer, first_name="Sam")
    rows = [
        {"id": first.pk, "first_name": "Pat", "is_primary": "on", "DELETE": "on"},
        {"id": second.pk, "first_name": "Samira", "is_active": "on"},
    ]

    response = admin.post(f"{URL}{customer.pk}/change/", body(customer, rows), follow=True)

    assert "is the primary contact" in response.content.decode()
    assert Contact.objects.count() == 2
    rows[0].pop("DELETE")
    admin.post(f"{URL}{customer.pk}/change/", body(customer, rows))
    second.refresh_from_db()
    assert second.first_name == "Samira"


def test_a_customer_with_work_is_not_deleted(admin):
    customer = make_customer()
    make_deal(customer=customer)
    admin.post(f"{URL}{customer.pk}/delete/", {"post": "yes"}, follow=True)
    admin.post(URL, {"action": "delete_selected", "_selected_action": customer.pk, "post": "yes"})
    assert Customer.objects.exists()


def test_the_list_is_searched_and_kept_to_ones_scope(page, staff):
    me = staff(customers="view", scope="own", is_staff=True)
    make_customer(name="Harbour", owner=me)
    foreign = make_customer(name="Harbour Freight", owner=staff())
    client = page(me)

    html = client.get(f"{URL}?q=harbour").content.decode()

    assert ("1 customer" in html, "Freight" in html) == (True, False)
    assert client.get(f"{URL}{foreign.pk}/change/").status_code == 302


def test_actions_go_through_the_operations(admin):
    customer = make_customer()
    admin.post(URL, {"action": "deactivate", "_selected_action": customer.pk})
    customer.refresh_from_db()
    assert (customer.is_active, history_of(customer).get().by) == (False, admin.jane)


@pytest.mark.parametrize(
    "model",
    [
        "contact",
        "deal",
        "milestone",
        "onboardingmilestone",
        "project",
        "projectmember",
        "task",
        "taskassignee",
    ],
)
def test_every_list_opens_and_searches(admin, model):
    assert admin.get(f"/admin/crm/{model}/?q=a").status_code == 200

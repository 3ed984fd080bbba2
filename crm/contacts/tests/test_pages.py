"""The list of contacts, and the people on their customer's page."""

import pytest

from crm.contacts.models import Contact
from crm.customers.tests.factories import make_contact, make_customer

pytestmark = pytest.mark.django_db

HTMX = {"HX-Request": "true", "HX-Target": "dialog-body"}


def test_the_list_shows_active_contacts_with_their_company(page, staff):
    make_contact(make_customer(name="Acme"), first_name="Pat", title="Buyer", is_primary=True)
    make_contact(first_name="Gone", is_active=False)
    html = page(staff()).get("/contacts").content.decode()
    for words in ("Pat", "Buyer", "Acme", "Primary"):
        assert words in html
    assert "Gone" not in html


@pytest.mark.parametrize("size", [1, 3])
def test_the_list_takes_five_statements_however_long(page, staff, django_assert_num_queries, size):
    for _ in range(size):
        make_contact()
    client = page(staff())
    client.get("/contacts")
    with django_assert_num_queries(5):
        client.get("/contacts")


def test_the_panel_offers_what_the_person_may_do(page, staff):
    customer = make_customer()
    make_contact(customer, first_name="Pat", is_primary=True)
    make_contact(customer, first_name="Sam")
    path = f"/customers/{customer.pk}/panels/contacts"

    seen = page(staff(customers="view")).get(path).content.decode()
    changed = page(staff(customers="update")).get(path).content.decode()
    managed = page(staff()).get(path).content.decode()

    assert "data-dialog" not in seen
    assert ("Make primary" in changed, "Delete" in changed) == (True, False)
    assert managed.count("Delete</button>") == 1  # the primary one has none


def test_a_contact_is_added_in_the_dialog(page, staff):
    customer, client = make_customer(), page(staff())
    path = f"/customers/{customer.pk}/contacts/new"

    assert "dialog-title" in client.get(path, headers=HTMX).content.decode()
    response = client.post(path, {"first_name": "Pat", "email": "pat@acme.example"}, headers=HTMX)

    assert (response.status_code, "contacts" in response["HX-Trigger"]) == (204, True)
    contact = Contact.objects.get()
    assert (contact.customer, contact.is_primary) == (customer, True)


def test_a_taken_address_is_told_beside_its_field(page, staff):
    customer = make_customer()
    make_contact(customer, email="pat@acme.example")
    path = f"/customers/{customer.pk}/contacts/new"
    response = page(staff()).post(path, {"first_name": "Sam", "email": "PAT@acme.example"})
    assert response.status_code == 422
    assert list(response.context["form"].errors) == ["email"]


def test_a_contact_is_added_from_anywhere(page, staff):
    customer = make_customer()
    body = {"first_name": "Pat", "customer": customer.pk}
    response = page(staff()).post("/contacts/new", body)
    assert response["Location"] == customer.get_absolute_url()


def test_editing_and_the_primary_step(page, staff):
    customer, client = make_customer(), page(staff())
    make_contact(customer, is_primary=True)
    contact = make_contact(customer, first_name="Sam")

    client.post(f"/contacts/{contact.pk}/edit", {"first_name": "Samira", "is_active": "on"})
    client.post(f"/contacts/{contact.pk}/primary")

    contact.refresh_from_db()
    assert (contact.first_name, contact.is_primary) == ("Samira", True)


@pytest.mark.parametrize("step", ["edit", "primary", "delete"])
def test_changing_needs_its_level_and_its_scope(page, staff, step):
    customer = make_customer(owner=staff())
    make_contact(customer, is_primary=True)
    contact = make_contact(customer)
    path = f"/contacts/{contact.pk}/{step}"

    assert page(staff(customers="view")).post(path).status_code == 403
    assert page(staff(customers="manage", scope="own")).post(path).status_code == 404
    assert Contact.objects.filter(pk=contact.pk, is_primary=False).exists()

"""Contacts through ``/api/contacts``."""

import pytest

from agency.records.history import history_of
from crm.contacts import operations as contacts
from crm.contacts.models import Contact
from crm.customers.tests.factories import make_contact, make_customer

pytestmark = pytest.mark.django_db


def add(client, customer, **values):
    body = {"company_id": customer.pk, "first_name": "Pat"} | values
    return client.post("/api/contacts", body)


def test_the_first_contact_becomes_primary_and_the_second_does_not(api, staff):
    client, customer = api(staff()), make_customer()

    first = add(client, customer, email="pat@acme.example").json()["contact"]
    second = add(client, customer, first_name="Sam", last_name="Lee").json()["contact"]

    assert (first["is_primary"], second["is_primary"]) == (True, False)
    assert (second["name"], second["company_name"]) == ("Sam Lee", customer.name)
    verbs = [event.verb for event in history_of(customer)]
    assert verbs == ["contact_added", "contact_added"]


def test_a_new_primary_contact_takes_the_place_of_the_old_one(api, staff):
    client, customer = api(staff()), make_customer()
    old = make_contact(customer, is_primary=True)
    new = make_contact(customer)

    client.put(f"/api/contacts/{new.pk}", {"is_primary": True})

    assert list(Contact.objects.filter(is_primary=True)) == [new]
    assert history_of(old).get().changes == {"is_primary": [True, False]}


def test_the_primary_contact_cannot_step_down_or_be_deleted(api, staff):
    client, contact = api(staff()), make_contact(is_primary=True)
    path = f"/api/contacts/{contact.pk}"

    stepped = client.put(path, {"is_primary": False})
    deleted = client.delete(path)

    assert (stepped.status_code, list(stepped.json()["errors"])) == (409, ["is_primary"])
    assert deleted.status_code == 409
    assert "primary contact" in deleted.json()["message"]
    assert Contact.objects.get().is_primary


def test_another_contact_is_deleted_and_both_histories_say_so(api, staff):
    customer = make_customer()
    contact = make_contact(customer, first_name="Sam")

    assert api(staff()).delete(f"/api/contacts/{contact.pk}").json() == {"ok": True}

    assert [event.verb for event in history_of(contact)] == ["deleted"]
    assert [event.verb for event in history_of(customer)] == ["contact_removed"]


def test_an_address_is_unique_at_a_company_in_any_case(api, staff):
    client, customer = api(staff()), make_customer()
    make_contact(customer, email="pat@acme.example")

    refused = add(client, customer, email="PAT@acme.example")
    elsewhere = add(client, make_customer(), email="pat@acme.example")

    assert (refused.status_code, list(refused.json()["errors"])) == (409, ["email"])
    assert elsewhere.status_code == 201
    assert Contact.objects.filter(customer=customer).count() == 1


def test_an_address_stays_unique_when_it_is_changed(staff):
    customer = make_customer()
    make_contact(customer, email="pat@acme.example")
    other = make_contact(customer, email="sam@acme.example")
    with pytest.raises(contacts.ConflictError):
        contacts.update(other, by=staff(), email="Pat@Acme.example")


def test_a_contact_stays_with_its_company(api, staff):
    contact = make_contact()
    body = {"company_id": make_customer().pk}
    response = api(staff()).put(f"/api/contacts/{contact.pk}", body)
    assert (response.status_code, list(response.json()["errors"])) == (409, ["company_id"])


@pytest.mark.parametrize(
    ("field", "value"),
    [("company_id", None), ("company_id", "77777"), ("first_name", " "), ("email", "nobody")],
)
def test_bad_input_names_the_field(api, staff, field, value):
    response = add(api(staff()), make_customer(), **{field: value})
    assert (response.status_code, list(response.json()["errors"])) == (400, [field])
    assert not Contact.objects.exists()


def test_contacts_are_seen_with_their_company(api, staff):
    me = staff(customers="view", scope="own")
    mine, foreign = make_contact(make_customer(owner=me)), make_contact()
    client = api(me)

    listed = client.get("/api/contacts").json()["contacts"]

    assert [row["id"] for row in listed] == [str(mine.pk)]
    assert client.get(f"/api/contacts/{foreign.pk}").status_code == 404
    assert client.get(f"/api/contacts?company_id={foreign.customer_id}").status_code == 400


@pytest.mark.parametrize(("grant", "status"), [(None, 403), ("view", 403), ("update", 201)])
def test_adding_needs_the_update_level(api, staff, grant, status):
    assert add(api(staff(customers=grant)), make_customer()).status_code == status
    assert Contact.objects.exists() == (status == 201)


def test_filters_narrow_the_list(api, staff):
    customer = make_customer(name="Acme")
    pat = make_contact(customer, first_name="Pat", last_name="Ito", is_primary=True)
    sam = make_contact(customer, first_name="Sam", email="sam@acme.example", is_active=False)
    client = api(staff())

    def ids(query):
        return [row["id"] for row in client.get(f"/api/contacts?{query}").json()["contacts"]]

    assert ids("is_primary=true") == [str(pat.pk)]
    assert ids("is_active=false") == [str(sam.pk)]
    assert ids("search=pat+ito") == [str(pat.pk)]
    assert ids("email=SAM@acme.example") == [str(sam.pk)]
    assert ids(f"company_id={customer.pk}&sort=-name") == [str(sam.pk), str(pat.pk)]


@pytest.mark.parametrize("size", [1, 3])
def test_the_list_takes_one_statement_however_long(api, staff, django_assert_num_queries, size):
    for _ in range(size):
        make_contact()
    client = api(staff())
    with django_assert_num_queries(1):
        response = client.get("/api/contacts")
    assert len(response.json()["contacts"]) == size

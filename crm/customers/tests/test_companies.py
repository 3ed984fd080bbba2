"""Companies through ``/api/companies``."""

import pytest

from agency.records.history import history_of
from crm.customers import operations as customers
from crm.customers.models import Customer
from crm.customers.tests.factories import (
    log_time,
    make_contact,
    make_customer,
    make_deal,
    make_project,
    make_task,
)

pytestmark = pytest.mark.django_db

FULL = {
    "name": "Harbour & Vine",
    "email": "hello@harbour.example",
    "phone": "02 9000 0000",
    "website": "https://harbour.example",
    "domain": "Harbour.Example",
    "address": "1 Quay St",
    "city": "Sydney",
    "state": "NSW",
    "postcode": "2000",
    "country": "au",
    "billing_city": "Melbourne",
    "billing_country": "AU",
    "shipping_postcode": "3000",
    "tax_number": "51 824 753 556",
    "currency": "nzd",
    "payment_terms": 30,
    "is_active": True,
}


def test_a_company_is_added_with_every_field_and_its_checklist(api, staff):
    jane = staff(customers="update")

    response = api(jane).post("/api/companies", FULL)

    assert response.status_code == 201, response.json()
    shown = response.json()["company"]
    expected = FULL | {"country": "AU", "currency": "NZD", "domain": "harbour.example"}
    assert {name: shown[name] for name in FULL} == expected
    assert (shown["zip"], shown["abn"]) == ("2000", "51 824 753 556")
    assert (shown["owner_id"], shown["owner_name"]) == (str(jane.pk), str(jane))
    customer = Customer.objects.get(pk=shown["id"])
    assert customer.created_by == jane
    assert customer.onboarding.filter(key="first_invoice").count() == 1
    [event] = history_of(customer)
    assert (event.verb, event.by) == ("created", jane)


def test_zip_and_abn_are_other_names(api, staff):
    body = {"name": "Kestrel", "zip": "4000", "abn": "1"}
    shown = api(staff()).post("/api/companies", body).json()["company"]
    assert (shown["postcode"], shown["tax_number"]) == ("4000", "1")


def test_two_names_of_one_field_must_agree(api, staff):
    body = {"name": "Kestrel", "zip": "4000", "postcode": "5000"}
    response = api(staff()).post("/api/companies", body)
    assert (response.status_code, list(response.json()["errors"])) == (400, ["zip"])


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", ""),
        ("name", "   "),
        ("name", "x" * 201),
        ("name", None),
        ("email", "no address"),
        ("country", "XX"),
        ("billing_country", "ZZ"),
        ("shipping_country", "Q"),
        ("currency", "ABC"),
        ("payment_terms", -1),
        ("payment_terms", 1000),
        ("payment_terms", "soon"),
        ("owner_id", "999999"),
        ("owner_id", "abc"),
        ("is_active", "perhaps"),
        ("nmae", "typo"),
        ("city", "a\0b"),
    ],
)
def test_bad_input_names_the_field_and_adds_nothing(api, staff, field, value):
    response = api(staff()).post("/api/companies", {"name": "Acme", field: value})

    assert response.status_code == 400
    assert list(response.json()["errors"]) == [field]
    assert not Customer.objects.exists()


def test_an_inactive_person_cannot_own_a_company(api, staff):
    gone = staff(is_active=False)
    response = api(staff()).post("/api/companies", {"name": "Acme", "owner_id": gone.pk})
    assert (response.status_code, list(response.json()["errors"])) == (400, ["owner_id"])


def test_a_change_is_recorded_with_before_and_after(api, staff):
    jane, customer = staff(), make_customer(name="Acme", city="Perth")

    response = api(jane).put(f"/api/companies/{customer.pk}", {"city": "Hobart", "name": "Acme"})

    assert response.json()["company"]["city"] == "Hobart"
    [event] = history_of(customer)
    assert (event.verb, event.by, event.changes) == ("updated", jane, {"city": ["Perth", "Hobart"]})


def test_what_is_the_same_already_leaves_no_trace(staff):
    customer = make_customer(name="Acme")
    customers.update(customer, by=staff(), name="Acme")
    assert not history_of(customer).exists()


def test_null_empties_a_text(api, staff):
    customer = make_customer(phone="1", payment_terms_days=7)
    body = {"phone": None, "payment_terms": None}
    shown = api(staff()).patch(f"/api/companies/{customer.pk}", body).json()["company"]
    assert (shown["phone"], shown["payment_terms"]) == ("", None)


def test_a_change_that_was_read_too_long_ago_is_refused(api, staff):
    client, customer = api(staff()), make_customer(city="Perth")
    path = f"/api/companies/{customer.pk}"
    tag = client.get(path)["ETag"]
    client.put(path, {"city": "Hobart"})

    response = client.put(path, {"city": "Cairns"}, headers={"If-Match": tag})

    assert response.status_code == 412
    assert client.get(path).json()["company"]["city"] == "Hobart"


def test_a_company_that_nothing_needs_is_deleted_with_its_contacts(api, staff):
    jane, customer = staff(), make_customer()
    make_contact(customer)

    response = api(jane).delete(f"/api/companies/{customer.pk}")

    assert (response.status_code, response.json()) == (200, {"ok": True})
    assert not Customer.objects.exists()
    [event] = history_of(customer)
    assert (event.verb, event.by) == ("deleted", jane)


def test_a_company_with_work_is_kept_and_the_work_is_named(api, staff):
    jane, customer = staff(), make_customer(name="Acme")
    make_project(customer=customer)
    make_deal(customer=customer)
    make_deal(customer=customer)
    make_task(customer=customer)
    log_time(jane, customer=customer)

    response = api(jane).delete(f"/api/companies/{customer.pk}")

    assert response.status_code == 409
    assert response.json()["message"] == (
        "“Acme” cannot be deleted: it has 2 deals, 1 project, 1 task and 1 time entry."
    )
    assert Customer.objects.filter(pk=customer.pk).exists()
    assert not history_of(customer).exists()


@pytest.mark.parametrize(
    ("grant", "answers"),
    [(None, [403, 403, 403]), ("view", [200, 403, 403]), ("update", [200, 200, 403])],
)
def test_each_step_needs_its_level(api, staff, grant, answers):
    client, customer = api(staff(customers=grant)), make_customer()
    path = f"/api/companies/{customer.pk}"

    given = [client.get(path), client.put(path, {"city": "Perth"}), client.delete(path)]

    assert [response.status_code for response in given] == answers
    assert Customer.objects.filter(pk=customer.pk).exists()


def test_a_stranger_is_asked_to_sign_in(api):
    response = api().get("/api/companies")
    assert (response.status_code, "WWW-Authenticate" in response) == (401, True)


def test_filters_narrow_the_list(api, staff):
    mia = staff(first_name="Mia")
    make_customer(name="Acme", is_active=False, country="NZ", owner=mia)
    make_customer(name="Banksia", country="AU", currency="AUD")
    client = api(mia)

    def names(query):
        found = client.get(f"/api/companies?{query}").json()["companies"]
        return [row["name"] for row in found]

    assert names("is_active=false") == ["Acme"]
    assert names("is_active=1") == ["Banksia"]
    assert names(f"owner_id={mia.pk}") == ["Acme"]
    assert names("country=au") == ["Banksia"]
    assert names("currency=AUD") == ["Banksia"]
    assert names("created_from=2000-01-01") == ["Acme", "Banksia"]
    assert names("search=bank&limit=5") == ["Banksia"]
    assert names("sort=-name") == ["Banksia", "Acme"]


@pytest.mark.parametrize(
    "query", ["is_active=perhaps", "owner_id=x", "owner_id=999999999999999999999", "sort=secret"]
)
def test_a_filter_that_cannot_be_read_is_refused(api, staff, query):
    assert api(staff()).get(f"/api/companies?{query}").status_code == 400


def test_each_word_of_a_search_must_be_found(api, staff):
    make_customer(name="Harbour & Vine", city="Sydney")
    make_customer(name="Harbour Freight", city="Perth")
    client = api(staff())

    found = client.get("/api/companies?search=harbour+syd").json()["companies"]

    assert [row["name"] for row in found] == ["Harbour & Vine"]


@pytest.mark.parametrize("size", [1, 3])
def test_a_search_takes_three_statements_however_many_match(
    api, staff, django_assert_num_queries, size
):
    for _ in range(size):
        make_customer(name="Harbour")
    client = api(staff())

    with django_assert_num_queries(1):
        response = client.get("/api/companies?search=harbour&limit=50")

    assert len(response.json()["companies"]) == size


@pytest.mark.parametrize("size", [1, 3])
def test_the_list_takes_one_statement_however_long(api, staff, django_assert_num_queries, size):
    jane = staff()
    for _ in range(size):
        make_customer(owner=jane)
    client = api(jane)

    with django_assert_num_queries(1):
        response = client.get("/api/companies")

    assert [row["owner_name"] for row in response.json()["companies"]] == [str(jane)] * size

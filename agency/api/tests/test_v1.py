"""The CRM dialect's own ways, shown on contacts: envelope, pages, order, codes, refusals."""

import pytest

from crm.contacts import operations as contacts
from crm.customers import operations as customers
from crm.models import Contact, Customer

pytestmark = pytest.mark.django_db
BODY = {"userid": 0, "firstname": "Jane", "lastname": "Smith", "email": "jane@acme.example"}


@pytest.fixture
def boss(staff):
    return staff("executive")


@pytest.fixture
def acme(boss):
    return customers.create(by=boss, name="Acme")


@pytest.fixture
def five(acme, boss):
    """Five contacts of Acme: A to E, the first one primary."""
    return [
        contacts.create(by=boss, customer=acme, first_name=name, email=f"{name}@acme.example")
        for name in "ABCDE"
    ]


class TestLists:
    def test_a_list_stands_in_the_envelope_with_its_page(self, api, boss, five):
        answer = api(boss).get("/api/v1/contacts?limit=2&page=2").json()
        assert [row["firstname"] for row in answer.pop("data")] == ["C", "D"]
        assert answer == {
            "total": 5,
            "page": 2,
            "limit": 2,
            "meta": {
                "page": 2,
                "limit": 2,
                "per_page": 2,
                "total": 5,
                "total_pages": 3,
                "has_more": True,
            },
        }

    def test_a_page_past_the_end_is_empty_and_a_hundred_rows_are_the_most(self, api, boss, five):
        past = api(boss).get("/api/v1/contacts?page=1000000000000").json()
        most = api(boss).get("/api/v1/contacts?per_page=5000").json()
        assert (past["data"], past["total"]) == ([], 5)
        assert (most["limit"], most["meta"]["has_more"]) == (100, False)

    @pytest.mark.parametrize(
        "query", ["page=0", "limit=-1", "per_page=x", "sort=password", "customer_id=x"]
    )
    def test_what_no_list_can_be_asked_for_is_named(self, api, boss, query):
        answer = api(boss).get(f"/api/v1/contacts?{query}")
        assert (answer.status_code, list(answer.json()["errors"])) == (400, [query.split("=")[0]])

    def test_it_is_ordered_by_its_own_names(self, api, boss, five):
        answer = api(boss).get("/api/v1/contacts?sort=-firstname,email").json()
        assert [row["firstname"] for row in answer["data"]] == list("EDCBA")

    def test_fields_leave_the_other_names_out(self, api, boss, five):
        answer = api(boss).get("/api/v1/contacts?fields=firstname,email&limit=1").json()
        assert answer["data"] == [{"firstname": "A", "email": "A@acme.example"}]

    def test_filters_narrow_and_empty_ones_do_nothing(self, api, boss, acme, five):
        contacts.update(five[2], by=boss, is_active=False)
        primary = api(boss).get(f"/api/v1/contacts?customer_id={acme.pk}&is_primary=1").json()
        inactive = api(boss).get("/api/v1/contacts?active=0&search=&customer_id=").json()
        assert [row["id"] for row in primary["data"]] == [five[0].pk]
        assert [row["id"] for row in inactive["data"]] == [five[2].pk]

    def test_times_are_the_organisations(self, api, boss, five):
        Contact.objects.filter(pk=five[0].pk).update(created_at="2026-02-09T13:30:00Z")  # 00:30
        get = api(boss).get
        after = get("/api/v1/contacts?created_before=2026-02-11&created_after=2026-02-10").json()
        assert [row["datecreated"] for row in after["data"]] == ["2026-02-10 00:30:00"]
        assert get("/api/v1/contacts?created_after=yesterday").status_code == 400

    @pytest.mark.parametrize("number", [1, 3])
    def test_a_page_costs_the_same_however_many_rows(
        self, api, boss, five, number, django_assert_num_queries
    ):
        client = api(boss)
        with django_assert_num_queries(3):
            client.get(f"/api/v1/contacts?limit={number}")

    def test_a_sublist_shows_the_children_of_a_record_that_may_be_seen(self, api, boss, acme, five):
        other = customers.create(by=boss, name="Other")
        get = api(boss).get
        assert get(f"/api/v1/customers/{acme.pk}/contacts").json()["total"] == 5
        assert get(f"/api/v1/customers/{other.pk}/contacts").json()["total"] == 0
        assert get("/api/v1/customers/999999/contacts").status_code == 404


class TestRecords:
    def test_a_detail_includes_what_is_asked_for_and_nothing_unknown(self, api, boss, acme, five):
        get, url = api(boss).get, f"/api/v1/customers/{acme.pk}"
        assert "contacts" not in get(url).json()["data"]
        whole = get(f"{url}?include=contacts").json()["data"]
        assert [row["firstname"] for row in whole["contacts"]] == list("ABCDE")
        part = get(f"{url}?include=contacts&fields=company").json()["data"]
        assert list(part) == ["company", "contacts"]
        refused = get(f"{url}?include=passwords")
        assert (refused.status_code, list(refused.json()["errors"])) == (400, ["include"])

    def test_a_record_is_made_read_changed_and_deleted(self, api, boss, acme, five):
        client = api(boss)
        made = client.post("/api/v1/contacts", BODY | {"userid": acme.pk})
        pk = made.json()["data"]["id"]
        assert (made.status_code, made.json()["message"]) == (201, "Contact created.")
        changed = client.put(f"/api/v1/contacts/{pk}", {"title": "CTO"})
        assert changed.json()["data"]["title"] == "CTO"
        read = client.get(f"/api/v1/contacts/{pk}")
        assert (read.json()["data"], read["ETag"]) == (changed.json()["data"], changed["ETag"])
        gone = client.delete(f"/api/v1/contacts/{pk}")
        assert gone.json() == {"data": {"id": pk}, "message": "Contact deleted."}
        assert client.get(f"/api/v1/contacts/{pk}").status_code == 404

    def test_both_spellings_of_a_name_are_read_and_must_agree(self, api, boss, acme):
        body = {name: BODY[name] for name in BODY if name != "userid"}
        made = api(boss).post("/api/v1/contacts", body | {"customer_id": str(acme.pk)})
        both = api(boss).post("/api/v1/contacts", body | {"customer_id": 1, "userid": 2})
        assert made.json()["data"]["userid"] == acme.pk
        assert list(both.json()["errors"]) == ["userid"]

    def test_what_nobody_knows_is_passed_over_but_does_not_count(self, api, boss, five):
        url = f"/api/v1/contacts/{five[0].pk}"
        assert api(boss).put(url, {"title": "CEO", "colour": "red"}).status_code == 200
        nothing = api(boss).put(url, {"colour": "red"})
        assert (nothing.status_code, nothing.json()["message"]) == (400, "Send at least one field.")

    def test_a_password_is_kept_as_a_hash_and_never_shown(self, api, boss, acme):
        made = api(boss).post("/api/v1/contacts", BODY | {"userid": acme.pk, "password": "s3cret"})
        kept = Contact.objects.get(pk=made.json()["data"]["id"]).password
        assert "password" not in made.json()["data"]
        assert "s3cret" not in kept
        assert len(kept) > 20


class TestLookUps:
    def test_a_lookup_is_sent_by_id_or_name_and_shown_by_both(self, api, boss):
        send = api(boss).post
        by_name = send("/api/v1/customers", {"company": "A", "country": "new_zealand"}).json()
        pk = by_name["data"]["country"]
        by_id = send("/api/v1/customers", {"company": "B", "country": str(pk)}).json()
        assert by_name["data"]["country_name"] == by_id["data"]["country_name"] == "New Zealand"
        assert Customer.objects.get(pk=by_id["data"]["id"]).country == "NZ"
        unknown = send("/api/v1/customers", {"company": "C", "country": "Atlantis"})
        assert list(unknown.json()["errors"]) == ["country"]

    def test_the_look_ups_come_whole(self, api, staff):
        get = api(staff("employee")).get
        countries = get("/api/v1/countries?limit=1").json()
        assert countries["total"] == len(countries["data"]) > 200
        australia = next(row for row in countries["data"] if row["iso2"] == "AU")
        assert (australia["iso3"], australia["calling_code"]) == ("AUS", "61")
        [own] = [row for row in get("/api/v1/currencies").json()["data"] if row["isdefault"]]
        assert (own["id"], own["name"], own["symbol"]) == (1, "AUD", "$")
        taxes = get("/api/v1/taxes").json()["data"]
        assert (taxes[0]["id"], taxes[0]["code"], taxes[0]["taxrate"]) == (1, "OUTPUT", 10)


class TestRefusals:
    def test_a_rule_of_the_business_is_400_and_names_the_field_as_sent(self, api, boss, five):
        primary = api(boss).delete(f"/api/v1/contacts/{five[0].pk}")
        assert (primary.status_code, primary.json()["error"]) == (400, "conflict")
        twin = api(boss).post("/api/v1/contacts", BODY | {"userid": five[0].customer_id})
        assert twin.status_code == 201
        again = api(boss).post("/api/v1/contacts", BODY | {"userid": five[0].customer_id})
        assert (again.status_code, list(again.json()["errors"])) == (400, ["email"])

    def test_if_match_is_412_as_everywhere(self, api, boss, five):
        url = f"/api/v1/contacts/{five[0].pk}"
        answer = api(boss).put(url, {"title": "CEO"}, headers={"if-match": '"1-1"'})
        assert answer.status_code == 412

    def test_too_many_requests_say_how_long_to_wait(self, api, boss, settings):
        settings.API_RATE_LIMIT = "1/hour"
        token = api().post("/api/v1/auth/login", {"email": boss.email, "password": "x"})
        assert token.status_code == 401
        again = api().post("/api/v1/auth/login", {"email": boss.email, "password": "x"})
        assert again.status_code == 429
        assert again.json()["retry_after"] == int(again["Retry-After"])


def test_the_children_of_a_record_are_shown_to_who_may_see_records_of_its_kind(
    api, staff, five, acme, monkeypatch
):
    address = f"/api/v1/customers/{acme.pk}/contacts"
    person = staff(customers="update")
    assert api(person).get(address).json()["total"] == 5
    monkeypatch.setattr(Customer, "view_level", "manage", raising=False)
    assert api(person).get(address).status_code == 404

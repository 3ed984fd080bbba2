"""Making an invoice through ``/api/invoices``."""

from datetime import date

import pytest

from agency.records.history import history_of
from agency.reference.models import Organisation
from billing.invoices.tests.factories import make_budget, make_customer, make_invoice
from billing.models import Invoice
from crm.models import Contact

pytestmark = pytest.mark.django_db


def test_an_empty_body_is_a_valid_draft(api, staff):
    answer = api(staff()).post("/api/invoices", {})

    assert answer.status_code == 201, answer.json()
    invoice = answer.json()["invoice"]
    assert invoice["invoice_number"] == f"INV-{date.today().year}-00001"
    assert (invoice["status"], invoice["currency"], invoice["total"]) == ("draft", "AUD", 0)
    assert (invoice["company_id"], invoice["due_date"]) == (None, None)


def test_money_is_a_number_with_the_decimals_of_the_currency(api, staff):
    jane = staff()
    for currency, price, total in [
        ("AUD", "100.5", b'"total":110.55,'),
        ("JPY", "1000", b'"total":1100,'),
        ("KWD", "1.5", b'"total":1.650,'),
    ]:
        invoice = make_invoice(jane, currency=currency, lines=[("Work", "1", price)])
        raw = api(jane).get(f"/api/invoices/{invoice.pk}").content
        assert total in raw


def test_a_budget_gives_company_currency_and_purchase_order(api, staff):
    budget = make_budget(currency="NZD", po_number="4471-B")

    answer = api(staff()).post("/api/invoices", {"budget_id": budget.pk})

    invoice = answer.json()["invoice"]
    assert invoice["company_id"] == str(budget.customer_id)
    assert invoice["company_name"] == "Harbour & Vine"
    assert (invoice["currency"], invoice["po_number"]) == ("NZD", "4471-B")
    assert invoice["budget_name"] == "Website rebuild"


def test_a_number_typed_by_hand_is_kept_and_unique(api, staff):
    client = api(staff())
    first = client.post("/api/invoices", {"invoice_number": "A-1"})
    twin = client.post("/api/invoices", {"invoice_number": "A-1"})

    assert first.json()["invoice"]["invoice_number"] == "A-1"
    assert twin.status_code == 409
    assert twin.json()["errors"] == {"invoice_number": ["The number “A-1” is taken."]}
    assert Invoice.objects.count() == 1


def test_the_counter_skips_a_number_typed_by_hand(api, staff):
    client, year = api(staff()), date.today().year
    client.post("/api/invoices", {"invoice_number": f"INV-{year}-00001"})

    answer = client.post("/api/invoices", {})

    assert answer.json()["invoice"]["invoice_number"] == f"INV-{year}-00002"


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"totl": 1}, "totl"),
        ({"currency": "ZZZ"}, "currency"),
        ({"due_date": "2026-02-30"}, "due_date"),
        ({"company_id": 999_999}, "company_id"),
        ({"company_id": "abc"}, "company_id"),
        ({"company_id": 10**30}, "company_id"),
        ({"notes": "a\x00b"}, "notes"),
        ({"issued_date": "2026-11-02", "due_date": "2026-11-01"}, "due_date"),
        ({"generate_from_budget": True}, "budget_id"),
    ],
)
def test_a_wrong_value_is_refused_by_name_and_nothing_is_kept(api, staff, body, field):
    answer = api(staff()).post("/api/invoices", body)

    assert answer.status_code == 400
    assert list(answer.json()["errors"]) == [field]
    assert not Invoice.objects.exists()


def test_a_contact_of_another_company_is_refused(api, staff):
    stranger = make_customer(name="Other").contacts.create(first_name="Sam")

    answer = api(staff()).post(
        "/api/invoices", {"company_id": make_customer().pk, "contact_id": stranger.pk}
    )

    assert answer.status_code == 400
    assert list(answer.json()["errors"]) == ["contact_id"]


def test_a_contact_alone_says_whose_invoice_it_is(api, staff):
    contact = Contact.objects.create(customer=make_customer(), first_name="Ana")

    shown = api(staff()).post("/api/invoices", {"contact_id": contact.pk}).json()["invoice"]

    assert (shown["company_name"], shown["contact_name"]) == ("Harbour & Vine", "Ana")


def test_nothing_is_dated_into_the_closed_period(api, staff):
    Organisation.objects.update(locked_before=date(2026, 7, 1))

    answer = api(staff()).post("/api/invoices", {"issued_date": "2026-06-30"})

    assert answer.status_code == 409
    assert list(answer.json()["errors"]) == ["issued_date"]


@pytest.mark.parametrize(("level", "status"), [("view", 403), ("update", 201), ("manage", 201)])
def test_making_one_needs_the_update_level(api, staff, level, status):
    answer = api(staff(invoices=level)).post("/api/invoices", {})

    assert answer.status_code == status
    assert Invoice.objects.count() == (status == 201)


def test_history_tells_who_made_it(staff):
    jane = staff()
    invoice = make_invoice(jane)

    [event] = history_of(invoice)
    assert (event.verb, event.by, event.changes["total"]) == ("created", jane, "110.00")

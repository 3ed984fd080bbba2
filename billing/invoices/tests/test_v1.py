"""Invoices in the CRM dialect: of one sum or of items, issued at once, coded by their standing."""

from datetime import timedelta
from decimal import Decimal

import pytest

from agency.reference import organisation
from agency.reference.models import PaymentMode
from billing.invoices import operations as invoices
from billing.models import Invoice
from billing.payments import operations as payments
from crm.customers import operations as customers
from crm.models import Customer

pytestmark = pytest.mark.django_db
CONSULTING = {"description": "Consulting", "qty": 10, "rate": 150, "taxname": "OUTPUT"}


@pytest.fixture
def boss(staff):
    return staff("executive")


@pytest.fixture
def acme(boss):
    return customers.create(by=boss, name="Acme", currency="USD", email="pay@acme.example")


@pytest.fixture
def send(api, boss, acme):
    """POST an invoice of Acme's: ``send(total=1500)``."""
    return lambda **body: api(boss).post("/api/v1/invoices", {"clientid": acme.pk} | body)


@pytest.fixture
def listed(api, boss, acme, django_assert_max_num_queries):
    """(the total that a list tells, the statements that it took)."""

    def get(address):
        client = api(boss)
        with django_assert_max_num_queries(9) as counted:
            found = client.get(f"/api/v1/{address.format(acme.pk)}?limit=1").json()
        return found["total"], len(counted)

    return get


class TestMaking:
    def test_a_customer_and_a_total_are_an_invoice_issued_in_the_customers_currency(self, send):
        made = send(total=1500.00)
        shown = made.json()["data"]
        assert made.status_code == 201
        assert (shown["status"], shown["status_name"]) == (1, "Unpaid")
        assert (shown["total"], shown["total_tax"], shown["currency_name"]) == (1500, 0, "USD")
        assert shown["number"].startswith("INV-")
        assert shown["clientid"] == shown["customer_id"] == Customer.objects.get().pk
        [item] = shown["items"]
        assert (item["qty"], item["rate"], item["taxname"]) == (1, 1500, "EXEMPTOUTPUT")

    def test_a_subtotal_below_the_total_leaves_the_tax(self, send):
        shown = send(subtotal=1000, total=1100).json()["data"]
        assert (shown["subtotal"], shown["total_tax"], shown["total"]) == (1000, 100, 1100)
        assert shown["items"][0]["taxname"] == "OUTPUT"

    def test_items_make_the_sums_and_one_without_a_tax_carries_none(self, send):
        free = {"description": "Stock", "qty": 1, "rate": "10.00"}
        shown = send(items=[CONSULTING, free], discount_percent=10, status=6).json()["data"]
        assert shown["number"] is None
        assert (shown["subtotal"], shown["discount_total"], shown["total_tax"]) == (1510, 151, 135)
        assert shown["total"] == 1494
        assert [item["taxrate"] for item in shown["items"]] == [10, 0]

    @pytest.mark.parametrize("tax", [1, "1", "output", "GST on income 10 %", "OUTPUT|10.00", [1]])
    def test_a_tax_is_named_in_many_ways(self, send, tax):
        shown = send(items=[CONSULTING | {"taxname": tax}]).json()["data"]
        assert shown["total_tax"] == 150

    def test_sums_that_the_items_do_not_make_are_refused_with_both_figures(self, send):
        refused = send(items=[CONSULTING], total=1500)
        assert refused.status_code == 400
        assert refused.json()["errors"] == {"total": ["The items make 1650.00, not 1500.00."]}
        assert Invoice.objects.count() == 0

    @pytest.mark.parametrize(
        ("body", "field"),
        [
            ({}, "items"),
            ({"total": 10, "status": 2}, "status"),
            ({"total": "10.001"}, "total"),
            ({"total": 10, "currency": "XXY"}, "currency"),
            ({"total": 10, "duedate": "2026-02-30"}, "duedate"),
            ({"total": 10, "discount_type": "after_tax"}, "discount_type"),
            ({"total": 10, "allowed_payment_modes": ["barter"]}, "allowed_payment_modes"),
            ({"items": [CONSULTING | {"taxname": ["A", "B"]}]}, "items.0.taxname"),
        ],
    )
    def test_what_cannot_be_is_named_and_nothing_is_made(self, send, body, field):
        refused = send(**body)
        assert (refused.status_code, list(refused.json()["errors"])) == (400, [field])
        assert Invoice.objects.count() == 0

    def test_a_number_is_given_once(self, send):
        assert send(total=1, number="A-7").json()["data"]["number"] == "A-7"
        twin = send(total=1, number="A-7")
        assert (twin.status_code, list(twin.json()["errors"])) == (400, ["number"])


class TestStanding:
    @pytest.fixture
    def coded(self, send, boss):
        """An invoice for each code, by code."""
        late = str(organisation.today() - timedelta(days=1))
        made = {code: send(total=100) for code in (1, 2, 3, 5)}
        made |= {4: send(total=100, date=late, duedate=late), 6: send(total=100, status=6)}
        found = {
            code: Invoice.objects.get(pk=one.json()["data"]["id"]) for code, one in made.items()
        }
        payments.create(found[2], by=boss, amount=Decimal(100))
        payments.create(found[3], by=boss, amount=Decimal(40))
        payments.create(found[4], by=boss, amount=Decimal(40))
        invoices.void(found[5], by=boss)
        return found

    def test_each_code_is_shown_and_found_by_number_and_by_word(self, api, boss, coded):
        get = api(boss).get
        words = {
            1: "unpaid",
            2: "paid",
            3: "partially_paid",
            4: "overdue",
            5: "cancelled",
            6: "Draft",
        }
        for code, invoice in coded.items():
            assert get(f"/api/v1/invoices/{invoice.pk}").json()["data"]["status"] == code
            for asked in (code, words[code]):
                listed = get(f"/api/v1/invoices?status={asked}").json()["data"]
                assert [row["id"] for row in listed] == [invoice.pk]
        assert get("/api/v1/invoices?status=7").status_code == 400

    def test_a_draft_is_issued_and_an_invoice_cancelled_by_code(self, api, boss, coded):
        put = api(boss).put
        issued = put(f"/api/v1/invoices/{coded[6].pk}", {"status": 1}).json()["data"]
        assert (issued["status"], issued["number"] is not None) == (1, True)
        cancelled = put(f"/api/v1/invoices/{coded[1].pk}", {"status": "cancelled"})
        assert cancelled.json()["data"]["status"] == 5

    def test_what_follows_from_the_ledger_cannot_be_set_but_may_be_sent_back(
        self, api, boss, coded
    ):
        put = api(boss).put
        assert put(f"/api/v1/invoices/{coded[1].pk}", {"status": 2}).status_code == 400
        assert put(f"/api/v1/invoices/{coded[2].pk}", {"status": 2}).status_code == 200
        assert put(f"/api/v1/invoices/{coded[4].pk}", {"status": 4}).status_code == 200

    def test_cancelling_needs_the_right_to_void(self, api, staff, coded):
        refused = api(staff("head")).put(f"/api/v1/invoices/{coded[1].pk}", {"status": 5})
        assert refused.status_code == 403
        coded[1].refresh_from_db()
        assert coded[1].status == "finalised"


class TestChanging:
    def test_items_of_a_draft_are_replaced(self, api, boss, send):
        made = send(items=[CONSULTING], status=6).json()["data"]
        kept = {"id": made["items"][0]["id"], "description": "Advice", "qty": 1, "rate": 9}
        body = {"items": [kept, CONSULTING], "total": 1659, "adminnote": "Split"}
        changed = api(boss).put(f"/api/v1/invoices/{made['id']}", body).json()["data"]
        assert [item["description"] for item in changed["items"]] == ["Advice", "Consulting"]
        assert changed["items"][0]["id"] == kept["id"]
        assert (changed["total"], changed["adminnote"]) == (1659, "Split")

    def test_an_issued_invoice_keeps_what_is_printed(self, api, boss, send):
        made = send(items=[CONSULTING]).json()["data"]
        url = f"/api/v1/invoices/{made['id']}"
        assert api(boss).put(url, {"clientnote": "Hello"}).status_code == 400
        open_still = {"adminnote": "Called", "allowed_payment_modes": ["bank_transfer"]}
        assert api(boss).put(url, open_still).json()["data"]["allowed_payment_modes"] == [1]

    def test_send_mails_it_and_twice_has_one_effect(
        self, api, boss, send, mailoutbox, django_capture_on_commit_callbacks
    ):
        made = send(total=10).json()["data"]
        with django_capture_on_commit_callbacks(execute=True):
            first = api(boss).post(f"/api/v1/invoices/{made['id']}/send")
            again = api(boss).post(f"/api/v1/invoices/{made['id']}/send")
        assert (first.status_code, again.status_code) == (200, 200)
        assert first.json()["data"]["sent"] is True
        assert [mail.to for mail in mailoutbox] == [["pay@acme.example"]]

    def test_the_pdf_comes_whatever_is_accepted(self, api, boss, send):
        made = send(total=10).json()["data"]
        answer = api(boss).get(
            f"/api/v1/invoices/{made['id']}/pdf", headers={"accept": "application/json"}
        )
        assert answer["Content-Type"] == "application/pdf"
        assert answer.content.startswith(b"%PDF")

    def test_deleting_hides_it_and_keeps_the_number(self, api, boss, send):
        made = send(total=10, number="B-1").json()["data"]
        gone = api(boss).delete(f"/api/v1/invoices/{made['id']}")
        assert gone.json() == {"data": {"id": made["id"]}, "message": "Invoice deleted."}
        assert api(boss).get(f"/api/v1/invoices/{made['id']}").status_code == 404
        assert send(total=10, number="B-1").status_code == 400


class TestPayments:
    def test_a_payment_brings_the_invoice_up_to_date_at_each_step(self, api, boss, send):
        invoice = send(total=1000).json()["data"]["id"]
        body = {"invoiceid": invoice, "amount": 500.00, "date": "2026-02-10"}
        made = api(boss).post("/api/v1/payments", body | {"paymentmode": "bank_transfer"})
        paid = made.json()["data"]
        assert (paid["paymentmode"], paid["paymentmode_name"]) == (1, "Bank transfer")

        def left():
            shown = api(boss).get(f"/api/v1/invoices/{invoice}").json()["data"]
            return shown["total_left_to_pay"]

        assert left() == 500
        changed = {"amount": 550.00, "note": "Updated payment amount"}
        api(boss).put(f"/api/v1/payments/{paid['id']}", changed)
        assert left() == 450
        api(boss).delete(f"/api/v1/payments/{paid['id']}")
        assert left() == 1000

    def test_an_invoice_includes_its_payments_when_asked(self, api, boss, send):
        invoice = send(total=1000).json()["data"]["id"]
        for amount in (300, 200):
            body = {"invoiceid": invoice, "amount": amount, "date": "2026-02-10"}
            api(boss).post("/api/v1/payments", body)
        shown = api(boss).get(f"/api/v1/invoices/{invoice}?include=payments").json()["data"]
        assert [row["amount"] for row in shown["payments"]] == [300, 200]

    def test_more_than_the_balance_is_refused_with_the_balance(self, api, boss, send):
        invoice = send(total=10).json()["data"]["id"]
        body = {"invoiceid": invoice, "amount": 11, "date": "2026-02-10"}
        refused = api(boss).post("/api/v1/payments", body)
        assert refused.status_code == 400
        assert refused.json()["errors"] == {"amount": ["USD 1.00 above the balance of USD 10.00."]}

    def test_an_unknown_way_to_pay_is_added_with_the_payment_and_not_without(self, api, boss, send):
        invoice = send(total=10).json()["data"]["id"]
        body = {"invoiceid": invoice, "date": "2026-02-10", "paymentmode": "store_credit"}
        api(boss).post("/api/v1/payments", body | {"amount": 99})
        assert not PaymentMode.objects.filter(name="store credit").exists()
        api(boss).post("/api/v1/payments", body | {"amount": 5})
        by_name = api(boss).get("/api/v1/payments?payment_mode=STORE_CREDIT").json()
        assert (by_name["total"], by_name["data"][0]["paymentmode_name"]) == (1, "store credit")

    def test_a_payment_stays_with_its_invoice(self, api, boss, send):
        one, other = (send(total=10).json()["data"]["id"] for _ in range(2))
        body = {"invoiceid": one, "amount": 5, "date": "2026-02-10"}
        pk = api(boss).post("/api/v1/payments", body).json()["data"]["id"]
        moved = api(boss).put(f"/api/v1/payments/{pk}", {"invoiceid": other})
        assert (moved.status_code, list(moved.json()["errors"])) == (400, ["invoiceid"])


@pytest.mark.parametrize("number", [1, 3])
@pytest.mark.parametrize("address", ["invoices", "payments", "customers/{}/invoices"])
def test_a_list_costs_the_same_however_many_rows(send, boss, number, address, listed):
    for _ in range(number):
        pk = send(total=10).json()["data"]["id"]
        payments.create(Invoice.objects.get(pk=pk), by=boss, amount=Decimal(5))
    total, statements = listed(address)
    assert (total, statements) == (number, 3 if "{}" in address else 2)


def test_an_item_is_named_once(api, boss, send):
    made = send(items=[CONSULTING], status=6).json()["data"]
    twice = [{"id": made["items"][0]["id"], **CONSULTING, "qty": qty} for qty in (1, 2)]
    refused = api(boss).patch(f"/api/v1/invoices/{made['id']}", {"items": twice})
    assert (refused.status_code, refused.json()["message"]) == (400, "A line is named twice.")
    assert api(boss).get(f"/api/v1/invoices/{made['id']}").json()["data"]["items"] == made["items"]


def test_sums_that_no_invoice_can_bear_are_refused(send):
    refused = send(total="999999999999", discount_total="999999999999")
    assert (refused.status_code, refused.json()["message"]) == (400, "The total is too large.")

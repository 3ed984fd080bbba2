"""Invoices entered with their sums, as the first document of ``/api/invoices`` has them."""

from datetime import timedelta

import pytest

from agency.reference import organisation
from billing.models import Invoice, Payment
from crm.engagements import operations as engagements
from crm.models import Customer

pytestmark = pytest.mark.django_db
LINES = [
    {"description": "Design", "quantity": 2, "unit_price": 300},
    {"description": "Hosting", "amount": "400.00"},
]


@pytest.fixture
def boss(staff):
    return staff("executive")


@pytest.fixture
def acme(boss):
    return Customer.objects.create(name="Acme", owner=boss)


@pytest.fixture
def send(api, boss, acme):
    """POST an entered invoice of Acme's: ``send(amount=1100)``."""
    return lambda **body: api(boss).post("/api/invoices", {"company_id": str(acme.pk)} | body)


@pytest.fixture
def detail(api, boss):
    return lambda answer: api(boss).get(f"/api/invoices/{answer.json()['invoice']['id']}").json()


class TestFigures:
    def test_an_amount_alone_is_a_draft_in_dollars_with_one_line(self, send, detail):
        made = send(amount=1500)
        shown = made.json()["invoice"]
        assert made.status_code == 201
        assert (shown["status"], shown["currency"], shown["source"]) == ("draft", "USD", "manual")
        assert (shown["amount"], shown["total"], shown["subtotal"], shown["tax"]) == (
            1500,
            1500,
            1500,
            0,
        )
        assert shown["invoice_number"].startswith("INV-")
        assert [line["amount"] for line in detail(made)["line_items"]] == [1500]

    def test_every_figure_is_kept_as_it_is_sent(self, send, detail):
        made = send(
            amount="1033.00",
            subtotal=1000,
            tax=93,
            discount=60,
            margin_pct=41.5,
            cogs=600,
            profit=433,
            currency="AUD",
            notes="From the other system",
            source="quickbooks",
            line_items=LINES,
        )
        shown = made.json()["invoice"]
        kept = ("amount", "subtotal", "tax", "discount", "margin_pct", "cogs", "profit")
        assert [shown[name] for name in kept] == [1033, 1000, 93, 60, 41.5, 600, 433]
        assert (shown["notes"], shown["source"]) == ("From the other system", "quickbooks")
        lines = detail(made)["line_items"]
        assert [(line["description"], line["amount"]) for line in lines] == [
            ("Design", 600),
            ("Hosting", 400),
        ]
        assert sum(line["tax_amount"] for line in lines) == 93
        assert sum(line["total"] for line in lines) == 1033

    def test_a_missing_subtotal_is_amount_less_tax_plus_discount(self, send):
        shown = send(amount=1033, tax=93, discount=60).json()["invoice"]
        assert shown["subtotal"] == 1000

    @pytest.mark.parametrize(
        ("body", "field", "reason"),
        [
            (
                {"amount": 1000, "subtotal": 1000, "tax": 100},
                "amount",
                "Subtotal 1000.00 − discount 0.00 + tax 100.00 is 1100.00.",
            ),
            (
                {"amount": 999, "line_items": LINES},
                "line_items",
                "The line items sum to 1000.00, the subtotal is 999.00.",
            ),
            ({"amount": 10.001}, "amount", "USD has 2 decimals."),
            (
                {"amount": 5, "line_items": [{"description": "A", "unit_price": 2, "amount": 5}]},
                "line_items.0.amount",
                "1 × 2 is 2.00, not 5.",
            ),
        ],
    )
    def test_figures_that_contradict_each_other_are_refused(self, send, body, field, reason):
        refused = send(**body)
        assert (refused.status_code, refused.json()["errors"]) == (400, {field: [reason]})
        assert Invoice.objects.count() == 0

    @pytest.mark.parametrize("missing", ["company_id", "amount"])
    def test_company_and_amount_are_required(self, api, boss, acme, missing):
        body = {"company_id": str(acme.pk), "amount": 10, "cogs": 5}
        del body[missing]
        refused = api(boss).post("/api/invoices", body)
        assert (refused.status_code, list(refused.json()["errors"])) == (400, [missing])

    def test_the_first_change_of_a_line_reckons_anew(self, api, boss, send, detail):
        made = send(amount=1033, tax=93, discount=60, subtotal=1000, line_items=LINES)
        pk = made.json()["invoice"]["id"]
        body = {"description": "Extra", "unit_price": 100}
        api(boss).post(f"/api/invoices/{pk}/line-items", body)
        shown = detail(made)["invoice"]
        # 1,100 less the discount of 60, 10 % GST on each line as the office's own rules have it
        assert (shown["subtotal"], shown["total"]) == (1100, shown["tax"] + 1040)


class TestStatus:
    def test_sent_issues_it_as_sent_out(self, send):
        shown = send(amount=10, status="sent").json()["invoice"]
        assert shown["status"] == "sent"

    def test_paid_records_one_payment_in_full_on_the_issue_date(self, send):
        shown = send(amount=10, status="paid", issued_date="2026-02-10").json()["invoice"]
        assert (shown["status"], shown["amount_due"]) == ("paid", 0)
        [payment] = Payment.objects.all()
        assert (payment.amount, str(payment.paid_on)) == (10, "2026-02-10")

    def test_overdue_is_sent_with_a_due_date_in_the_past(self, send):
        day = organisation.today() - timedelta(days=3)
        shown = send(amount=10, status="overdue", issued_date=str(day), due_date=str(day)).json()[
            "invoice"
        ]
        assert shown["status"] == "overdue"
        refused = send(amount=10, status="overdue", due_date=str(organisation.today()))
        assert (refused.status_code, list(refused.json()["errors"])) == (400, ["due_date"])

    def test_sending_needs_the_right_to_send(self, api, staff, acme):
        body = {"company_id": str(acme.pk), "amount": 10, "status": "sent"}
        refused = api(staff("head")).post("/api/invoices", body)
        assert refused.status_code == 403
        assert Invoice.objects.count() == 0


class TestWhichRules:
    def test_a_body_without_any_of_these_fields_follows_the_other_document(self, send):
        shown = send().json()["invoice"]
        assert (shown["currency"], shown["total"], shown["status"]) == ("AUD", 0, "draft")

    def test_generating_from_a_budget_always_follows_the_other_document(self, send):
        refused = send(amount=10, generate_from_budget=True)
        assert refused.json()["errors"] == {"amount": ["Unknown field."]}

    def test_a_typing_error_is_refused(self, send):
        refused = send(amount=10, curency="USD")
        assert refused.json()["errors"] == {"curency": ["Unknown field."]}


class TestEngagements:
    @pytest.fixture
    def retainer(self, boss, acme):
        return engagements.create(by=boss, customer=acme, name="Retainer")

    def test_an_invoice_belongs_to_an_engagement_of_its_company(self, api, boss, send, retainer):
        shown = send(amount=10, engagement_id=str(retainer.pk)).json()["invoice"]
        assert (shown["engagement_id"], shown["engagement_name"]) == (str(retainer.pk), "Retainer")
        send(amount=20)
        listed = api(boss).get(f"/api/invoices?engagement_id={retainer.pk}").json()["invoices"]
        assert [row["total"] for row in listed] == [10]

    def test_that_of_another_company_is_refused(self, api, boss, retainer):
        other = Customer.objects.create(name="Other")
        body = {"company_id": other.pk, "amount": 10, "engagement_id": retainer.pk}
        refused = api(boss).post("/api/invoices", body)
        assert (refused.status_code, list(refused.json()["errors"])) == (400, ["engagement_id"])

    def test_the_offices_own_figures_stay_open_once_it_is_issued(self, api, boss, send, retainer):
        pk = send(amount=10, status="sent").json()["invoice"]["id"]
        body = {"cogs": 4, "profit": 6, "margin_pct": 60, "engagement_id": str(retainer.pk)}
        shown = api(boss).put(f"/api/invoices/{pk}", body).json()["invoice"]
        assert [shown[name] for name in ("cogs", "profit", "margin_pct")] == [4, 6, 60]

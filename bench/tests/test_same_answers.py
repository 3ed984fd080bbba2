"""The hand-written statements make the product's answers, key by key."""

import json
from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import connection

from agency.reference import organisation
from bench.raw import Raw
from billing.invoices import operations as invoices
from billing.payments import operations as payments
from budgets.budgets import operations as budgets
from budgets.lines import operations as lines
from crm.customers import operations as customers
from crm.timesheets import operations as timesheets

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]
MADE = {"id", "invoice_number", "created_at", "updated_at", "due_date", "invoice_id"}


@pytest.fixture
def by(staff):
    return staff("executive", first_name="Ada", last_name="Byron")


@pytest.fixture
def raw(by):
    connection.ensure_connection()
    return Raw(connection.connection, today=organisation.today(), staff=by.pk)


@pytest.fixture
def company(by):
    return customers.create(by=by, name="Harbour Works", city="Cairns", owner=by)


@pytest.fixture
def budget(by, company):
    """A sprint of two lines with time and, in another currency, a sibling without any."""
    made = budgets.create(by=by, resource=company, name="Sprint", budget_type="sprints")
    for number in (1, 2):
        lines.create(
            made,
            by=by,
            description=f"Part {number}",
            quantity=Decimal(3),
            unit_price=Decimal("33.335"),
        )
    line = made.lines.in_order().first()
    timesheets.create(by=by, date=organisation.today(), minutes=50, budget_line_id=line.pk)
    budgets.create(by=by, resource=company, name="Rest", currency="JPY", total_amount=Decimal(900))
    return made


@pytest.fixture
def invoice(by, budget):
    """Issued, late and paid in part."""
    made = invoices.create(by=by, budget=budget, generate_from_budget=True)
    day = organisation.today() - timedelta(days=40)
    invoices.update(made, by=by, issued_on=day, due_on=day + timedelta(days=14))
    made = invoices.finalise(made, by=by)
    payments.create(made, by=by, amount=Decimal("12.30"))
    return made


def read(api, by, path: str) -> dict:
    answer = api(by).get(path)
    assert answer.status_code == 200, answer.content
    return json.loads(answer.content)


def test_the_list_of_invoices(api, by, raw, invoice):
    assert read(api, by, "/api/invoices?limit=50") == json.loads(raw.invoice_list())


def test_an_invoice_with_its_lines_and_payments(api, by, raw, invoice):
    theirs = json.loads(raw.invoice_detail(invoice.pk))
    assert read(api, by, f"/api/invoices/{invoice.pk}") == theirs
    assert (len(theirs["line_items"]), len(theirs["payments"])) == (2, 1)


@pytest.mark.parametrize("limit", [50, None])
def test_the_list_of_budgets_with_figures(api, by, raw, invoice, limit):
    theirs = json.loads(raw.budget_list(limit))
    assert read(api, by, f"/api/budgets?limit={limit}" if limit else "/api/budgets") == theirs
    assert [row["invoiced_amount"] for row in theirs["budgets"]] == [0, 200.02]


def test_customers_with_a_word_in_any_column(api, by, raw, company):
    theirs = json.loads(raw.customer_search("cAirn"))
    assert read(api, by, "/api/companies?limit=50&search=cAirn") == theirs
    assert [row["name"] for row in theirs["companies"]] == ["Harbour Works"]


def test_an_invoice_made_from_a_budget(api, by, raw, budget):
    body = {"budget_id": str(budget.pk), "generate_from_budget": True}
    ours = json.loads(api(by).post("/api/invoices", body).content)["invoice"]
    theirs = json.loads(raw.create_invoice(budget.pk))["invoice"]
    assert differing(ours, theirs) <= {"id", "invoice_number", "created_at", "updated_at"}
    assert same_lines(api, by, ours) == same_lines(api, by, theirs)


def same_lines(api, by, invoice: dict) -> list[dict]:
    found = read(api, by, f"/api/invoices/{invoice['id']}")["line_items"]
    return [{name: line[name] for name in line.keys() - MADE} for line in found]


def test_a_payment(api, by, raw, invoice):
    ours = json.loads(api(by).post(f"/api/invoices/{invoice.pk}/payments", {"amount": 1}).content)
    theirs = json.loads(raw.record_payment(invoice.pk, Decimal(1)))
    moved = {"amount_paid", "amount_due", "updated_at"}
    assert differing(ours["payment"], theirs["payment"]) <= {"id", "created_at", "updated_at"}
    assert differing(ours["invoice"], theirs["invoice"]) <= moved
    assert ours["invoice"]["amount_due"] - theirs["invoice"]["amount_due"] == pytest.approx(1)


def test_logged_time(api, by, raw, budget):
    line = budget.lines.in_order().last()
    entry = {"date": str(organisation.today()), "hours": 1.25, "line_item_id": str(line.pk)}
    ours = json.loads(api(by).post("/api/time", entry).content)["time_entry"]
    theirs = json.loads(raw.log_time([entry]))["time_entry"]
    assert differing(ours, theirs) <= {"id", "created_at", "updated_at"}


def differing(ours: dict, theirs: dict) -> set[str]:
    assert ours.keys() == theirs.keys()
    return {name for name in ours if ours[name] != theirs[name]}

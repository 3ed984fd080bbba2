"""How many statements the measured work takes, the key's look-up included."""

import json
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from agency.reference import organisation
from agency.staff import keys
from billing.invoices import operations as invoices
from billing.lines import taxes
from billing.payments import operations as payments
from budgets.budgets import operations as budgets
from budgets.lines import operations as lines
from crm.customers import operations as customers

pytestmark = pytest.mark.django_db


@pytest.fixture
def by(staff):
    return staff("executive")


@pytest.fixture
def client(by, client):
    """A program with a key that has been used before; what is cached for seconds is there."""
    _, secret = keys.create(by, name="count", by=by)
    keys.owner_of(secret)
    organisation.today()
    taxes.usual()
    client.defaults["HTTP_X_API_KEY"] = secret
    return client


@pytest.fixture
def count():
    """The statements of a call; the savepoint that stands for a transaction in a test is none."""

    def counted(call) -> int:
        with CaptureQueriesContext(connection) as seen:
            answer = call()
        assert answer.status_code < 300, answer.content
        found = [query["sql"] for query in seen.captured_queries]
        return len([sql for sql in found if "SAVEPOINT" not in sql])

    return counted


@pytest.fixture
def sprint(by):
    """Make a customer's budget of so many lines."""

    def make(size: int):
        company = customers.create(by=by, name="Harbour Works")
        made = budgets.create(by=by, resource=company, name="Sprint", budget_type="sprints")
        for number in range(size):
            lines.create(made, by=by, description=f"{number}", quantity=Decimal(1), unit_price=50)
        return made

    return make


@pytest.fixture
def issued(by, sprint):
    def make(size: int = 1):
        draft = invoices.create(by=by, budget=sprint(size), generate_from_budget=True)
        return invoices.finalise(draft, by=by)

    return make


@pytest.mark.parametrize("size", [1, 3])
def test_a_page_of_invoices_takes_three(client, count, issued, size):
    for _ in range(size):
        issued()
    # key, rows, total
    assert count(lambda: client.get(f"/api/invoices?limit={size}")) == 3


@pytest.mark.parametrize("size", [1, 10])
def test_an_invoice_takes_five(by, client, count, issued, size):
    invoice = issued(size)
    for _ in range(size):
        payments.create(invoice, by=by, amount=Decimal(1))
    # key, invoice, lines, payments, credits
    assert count(lambda: client.get(f"/api/invoices/{invoice.pk}")) == 5


@pytest.mark.parametrize("size", [1, 10])
def test_an_invoice_is_made_with_eleven_however_many_lines(client, count, sprint, size):
    body = {"budget_id": str(sprint(size).pk), "generate_from_budget": True}

    def create():
        return client.post("/api/invoices", json.dumps(body), content_type="application/json")

    create()
    # key; budget as the caller sees it, locked; closed period; its lines; number, is it free;
    # invoice, lines, history; onboarding
    assert count(create) == 11


def test_a_payment_takes_seven(client, count, issued):
    path = f"/api/invoices/{issued().pk}/payments"
    # key; invoice as the caller sees it, locked; closed period; payment, balance, history
    assert count(lambda: client.post(path, '{"amount": 1}', content_type="application/json")) == 7


@pytest.mark.parametrize("size", [1, 3])
def test_a_page_of_budgets_takes_six(client, count, issued, size):
    for _ in range(size):
        issued()
    # key, rows, lines, time, invoiced, total
    assert count(lambda: client.get(f"/api/budgets?limit={size}")) == 6


@pytest.mark.parametrize("size", [1, 3])
def test_a_search_of_customers_takes_three(client, count, sprint, size):
    for _ in range(size):
        sprint(1)
    # key, rows, total
    assert count(lambda: client.get(f"/api/companies?limit={size}&search=harbour")) == 3

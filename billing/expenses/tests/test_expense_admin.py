"""Expenses in the admin go through the same operations."""

import pytest

from agency.records.history import history_of
from billing.expenses.models import Expense, ExpenseCategory
from billing.expenses.tests.factories import make_customer, make_expense
from billing.invoices import filling
from billing.invoices.tests.factories import make_invoice

pytestmark = pytest.mark.django_db
ADMIN = "/admin/billing/expense"


@pytest.fixture
def jane(staff):
    return staff(is_staff=True)


def typed(**values) -> dict:
    plain = {"category": 1, "amount": "100", "currency": "AUD", "spent_on": "2026-11-04"}
    return plain | values


def test_one_is_noted_in_the_currency_that_stands_in_the_form(page, jane):
    lumen = make_customer("Lumen", currency="USD")

    answer = page(jane).post(f"{ADMIN}/add/", typed(customer=lumen.pk, tax_type="OUTPUT"))

    assert answer.status_code == 302, answer.content.decode()
    expense = Expense.objects.get()
    assert (expense.currency, expense.total, expense.created_by) == ("AUD", 110, jane)
    assert history_of(expense).get().verb == "created"


def test_a_refusal_stands_beside_its_field(page, jane):
    answer = page(jane).post(f"{ADMIN}/add/", typed(amount="1.001"))

    assert answer.status_code == 200
    assert answer.context["adminform"].form.errors == {"amount": ["AUD has 2 decimals."]}
    assert not Expense.objects.exists()


def test_one_on_an_invoice_is_neither_changed_nor_deleted(page, jane):
    expense = make_expense(jane, customer=make_customer(), is_billable=True)
    filling.add(make_invoice(jane, customer=expense.customer), by=jane, expenses=[expense])
    client = page(jane)

    data = typed(customer=expense.customer_id, is_billable="on", amount="5")
    changed = client.post(f"{ADMIN}/{expense.pk}/change/", data)
    assert "on an invoice and locked" in changed.content.decode()
    client.post(f"{ADMIN}/{expense.pk}/delete/", {"post": "yes"})
    assert Expense.objects.get().amount == 200


@pytest.mark.parametrize("size", [1, 3])
def test_the_list_costs_the_same_however_long(page, jane, django_assert_num_queries, size):
    for _ in range(size):
        make_expense(jane, customer=make_customer())
    client = page(jane)
    client.get(f"{ADMIN}/")
    # person; choices of the filters by category and currency; count, bounds and days of the dates;
    # rows
    with django_assert_num_queries(7):
        client.get(f"{ADMIN}/")


def test_a_category_is_made_and_retired(page, jane):
    client, path = page(jane), "/admin/billing/expensecategory"
    client.post(f"{path}/add/", {"name": "Parking"})
    made = ExpenseCategory.objects.get(name="Parking")
    client.post(f"{path}/{made.pk}/change/", {"name": "Parking", "description": "Tolls too"})

    made.refresh_from_db()
    assert (made.is_active, made.description) == (False, "Tolls too")
    assert client.get(f"{path}/{made.pk}/delete/").status_code == 403

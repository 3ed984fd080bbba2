"""``/api/expenses``."""

import pytest

from billing.expenses.models import Expense
from billing.expenses.tests.factories import category, make_customer, make_expense, make_project
from billing.invoices import filling
from billing.invoices.tests.factories import make_invoice

pytestmark = pytest.mark.django_db


def test_an_expense_is_noted_read_changed_and_removed(api, staff):
    jane = staff(first_name="Jane", last_name="Doe")
    customer = make_customer()
    project = make_project(customer)
    client = api(jane)

    made = client.post(
        "/api/expenses",
        {
            "category_id": 3,
            "amount": "99.99",
            "currency": "aud",
            "date": "2026-02-10",
            "name": "Toner",
            "note": "Office supplies",
            "tax_type": "OUTPUT",
            "company_id": str(customer.pk),
            "project_id": str(project.pk),
            "payment_mode_id": 2,
            "billable": True,
        },
    )

    assert made.status_code == 201, made.json()
    shown = made.json()["expense"]
    stamps = {name: shown.pop(name) for name in ("created_at", "updated_at")}
    assert all(stamps.values())
    assert shown == {
        "id": shown["id"],
        "category_id": "3",
        "category_name": "Office supplies",
        "name": "Toner",
        "description": "",
        "note": "Office supplies",
        "date": "2026-02-10",
        "currency": "AUD",
        "amount": 99.99,
        "tax_type": "OUTPUT",
        "tax_rate": 0.1,
        "tax_amount": 10.00,
        "total": 109.99,
        "company_id": str(customer.pk),
        "company_name": "Harbour & Vine",
        "project_id": str(project.pk),
        "project_name": "Website",
        "payment_mode_id": "2",
        "payment_mode": "Card",
        "billable": True,
        "invoice_id": None,
        "invoice_number": None,
        "invoice_line_item_id": None,
        "has_receipt": False,
        "created_by": str(jane.pk),
        "created_by_name": "Jane Doe",
    }
    path = f"/api/expenses/{shown['id']}"
    changed = client.put(path, {"amount": 275, "note": "Updated receipt"}).json()["expense"]
    assert (changed["amount"], changed["total"], changed["note"]) == (275, 302.5, "Updated receipt")
    assert client.get(path).json()["expense"] == changed
    assert client.delete(path).json() == {"ok": True}
    assert client.get(path).status_code == 404


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"amount": 5}, "category_id"),
        ({"category_id": 1}, "amount"),
        ({"category_id": 99, "amount": 5}, "category_id"),
        ({"category_id": 1, "amount": -5}, "amount"),
        ({"category_id": 1, "amount": 5, "currency": "ZZZ"}, "currency"),
        ({"category_id": 1, "amount": 5, "tax_type": "NOPE"}, "tax_type"),
        ({"category_id": 1, "amount": 5, "company_id": 99}, "company_id"),
        ({"category_id": 1, "amount": 5, "date": "2026-02-30"}, "date"),
        ({"category_id": 1, "amount": 5, "clientid": 1}, "clientid"),
    ],
)
def test_a_wrong_body_is_refused_by_name(api, staff, body, field):
    answer = api(staff()).post("/api/expenses", body)

    assert answer.status_code == 400, answer.json()
    assert list(answer.json()["errors"]) == [field]
    assert not Expense.objects.exists()


def test_one_on_an_invoice_says_so_and_is_locked(api, staff):
    jane = staff()
    expense = make_expense(jane, customer=make_customer(), is_billable=True)
    invoice = make_invoice(jane, customer=expense.customer)
    filling.add(invoice, by=jane, expenses=[expense])
    path = f"/api/expenses/{expense.pk}"

    shown = api(jane).get(path).json()["expense"]
    assert (shown["invoice_id"], shown["invoice_number"]) == (str(invoice.pk), None)
    assert api(jane).put(path, {"amount": 1}).status_code == 409
    assert api(jane).delete(path).status_code == 409
    assert Expense.objects.get().amount == 200


@pytest.mark.parametrize("size", [1, 3])
def test_the_list_costs_the_same_however_long(api, staff, django_assert_num_queries, size):
    jane = staff()
    customer = make_customer()
    for _ in range(size):
        make_expense(jane, customer=customer, project=make_project(customer))
    with django_assert_num_queries(1):
        assert len(api(jane).get("/api/expenses").json()["expenses"]) == size


def test_the_list_is_filtered(api, staff):
    jane = staff()
    customer = make_customer()
    toner = make_expense(jane, name="Toner", category=category("Office supplies"))
    train = make_expense(
        jane, name="Train", customer=customer, is_billable=True, category=category("Travel")
    )
    yen = make_expense(jane, name="Fonts", amount="900", currency="JPY")

    def found(query: str) -> list[str]:
        rows = api(jane).get(f"/api/expenses?sort=name&{query}").json()["expenses"]
        return [row["id"] for row in rows]

    assert found("billable=true") == [str(train.pk)]
    assert found(f"company_id={customer.pk}") == [str(train.pk)]
    assert found(f"category_id={toner.category_id}") == [str(toner.pk)]
    assert found("currency=jpy") == [str(yen.pk)]
    assert found("search=harbour train") == [str(train.pk)]
    assert found("invoiced=true") == []
    assert found("receipt=false") == [str(yen.pk), str(toner.pk), str(train.pk)]
    assert found("date_from=2026-11-05") == []


def test_categories_are_a_look_up(api, staff):
    rows = api(staff("employee")).get("/api/expenses/categories").json()["categories"]

    assert rows[0] == {
        "id": "1",
        "name": "General",
        "description": "What fits nowhere else",
        "is_active": True,
    }
    assert [row["id"] for row in rows] == [str(number) for number in range(1, 10)]


def test_each_sees_those_of_their_own_customers_and_projects(api, staff):
    lee, jane = staff(expenses="manage", scope="own"), staff()
    mine = make_expense(lee)
    of_customer = make_expense(jane, customer=make_customer(owner=lee))
    of_project = make_expense(jane, project=make_project(make_customer("Other"), owner=lee))
    foreign = make_expense(jane)

    rows = api(lee).get("/api/expenses").json()["expenses"]

    assert {row["id"] for row in rows} == {str(row.pk) for row in (mine, of_customer, of_project)}
    assert api(lee).delete(f"/api/expenses/{foreign.pk}").status_code == 404
    assert Expense.objects.filter(pk=foreign.pk).exists()

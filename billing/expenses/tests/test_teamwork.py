"""Expenses in Teamwork's dialect: noted on a project to be passed on, changed, removed."""

import pytest

from billing.models import Expense
from crm.models import Customer, Project

pytestmark = pytest.mark.django_db


@pytest.fixture
def daniel(staff):
    return staff("executive", first_name="Daniel", last_name="Mackey")


@pytest.fixture
def project(daniel):
    apple = Customer.objects.create(name="Apple", owner=daniel)
    return Project.objects.create(name="API Private Items", customer=apple, currency="USD")


def test_an_expense_is_noted_changed_and_removed(api, daniel, project):
    body = {"expense": {"name": "Paint", "date": "20150617", "cost": "25.00"}}
    made = api(daniel).post(f"/projects/{project.pk}/expenses.json", body).json()
    expense = Expense.objects.get()
    assert made == {"STATUS": "OK", "id": expense.pk}
    assert (str(expense.category), expense.is_billable) == ("General", True)
    url = f"/expenses/{expense.pk}.json"
    assert api(daniel).put(url, {"expense": {"cost": "26.50"}}).json() == {"STATUS": "OK"}
    shown = api(daniel).get(url).json()["expense"]
    assert (shown["cost"], shown["company-name"], shown["invoice-id"]) == ("26.50", "Apple", "")
    assert api(daniel).delete(url).json() == {"STATUS": "OK"}
    assert api(daniel).get("/expenses.json").json() == {"expenses": []}

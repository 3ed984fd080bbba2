"""Expenses that tests start from."""

from datetime import date
from decimal import Decimal

from billing.expenses import operations
from billing.expenses.models import Expense, ExpenseCategory
from crm.models import Customer, Project

SPENT_ON = date(2026, 11, 4)


def category(name: str = "General") -> ExpenseCategory:
    return ExpenseCategory.objects.get(name=name)


def make_expense(by, *, amount="200.00", **values) -> Expense:
    """An expense noted by a person; ``make_expense(jane, customer=…, is_billable=True)``."""
    values = {"category": category(), "spent_on": SPENT_ON, "currency": "AUD"} | values
    return operations.create(by=by, amount=Decimal(amount), **values)


def make_project(customer: Customer, **values) -> Project:
    return Project.objects.create(name="Website", customer=customer, **values)


def make_customer(name: str = "Harbour & Vine", **values) -> Customer:
    return Customer.objects.create(name=name, **values)

"""Clients, budgets, time and invoices for the tests of budgets."""

from datetime import date
from decimal import Decimal
from itertools import count

from billing.invoices.models import Invoice, InvoiceLine
from budgets.budgets.models import Budget
from budgets.lines.models import BudgetLine
from budgets.services.models import ServiceType
from crm.customers.models import Customer
from crm.deals.models import Deal
from crm.projects.models import Project
from crm.tasks.models import Task
from crm.timesheets.models import TimeEntry

numbers = count(1)


def make_customer(**values) -> Customer:
    return Customer.objects.create(**{"name": f"Client {next(numbers)}"} | values)


def make_project(**values) -> Project:
    values.setdefault("name", f"Project {next(numbers)}")
    values.setdefault("customer", make_customer())
    return Project.objects.create(**values)


def make_deal(**values) -> Deal:
    values.setdefault("title", f"Deal {next(numbers)}")
    values.setdefault("customer", make_customer())
    return Deal.objects.create(**values)


def make_task(**values) -> Task:
    return Task.objects.create(**{"title": f"Task {next(numbers)}"} | values)


def make_budget(**values) -> Budget:
    values.setdefault("name", f"Budget {next(numbers)}")
    values.setdefault("resource_type", "project")
    if values["resource_type"] == "project":
        values.setdefault("project", make_project())
        values.setdefault("customer", values["project"].customer)
    return Budget.objects.create(**values)


def make_line(budget: Budget, quantity="1", unit_price="100", **values) -> BudgetLine:
    quantity, unit_price = Decimal(quantity), Decimal(unit_price)
    values.setdefault("description", f"Line {next(numbers)}")
    values.setdefault("amount", quantity * unit_price)
    return BudgetLine.objects.create(
        budget=budget, quantity=quantity, unit_price=unit_price, **values
    )


def make_service(**values) -> ServiceType:
    return ServiceType.objects.create(**{"name": f"Service {next(numbers)}"} | values)


def make_time(budget: Budget | None, staff, minutes=60, amount="100", **values) -> TimeEntry:
    """Time on a budget; approved and billable unless said otherwise."""
    values = {"status": "approved", "date": date(2026, 3, 2), "rate": Decimal(100)} | values
    if budget is not None:
        values.setdefault("currency", budget.currency)
    return TimeEntry.objects.create(
        budget=budget, staff=staff, minutes=minutes, amount=Decimal(amount), **values
    )


def make_invoice_line(budget: Budget, net="100", *, line=None, **values) -> InvoiceLine:
    """A line of 10 % tax on a new invoice of the budget; ``values`` are the invoice's."""
    net, status = Decimal(net), values.pop("status", "draft")
    tax = net / 10
    invoice = Invoice.objects.create(
        **{
            "customer": budget.customer,
            "budget": budget,
            "currency": budget.currency,
            "issued_on": date(2026, 3, 31),
            "subtotal": net,
            "tax": tax,
            "total": net + tax,
            "balance": net + tax,
        }
        | values
    )
    made = InvoiceLine.objects.create(
        invoice=invoice,
        budget_line=line,
        description="Work",
        unit_price=net,
        amount=net,
        net=net,
        tax=tax,
        gross=net + tax,
    )
    Invoice.objects.filter(pk=invoice.pk).update(status=status)
    return made

"""Records that invoice tests start from."""

from datetime import date, timedelta
from decimal import Decimal

from agency import money
from agency.reference import organisation
from billing.invoices import operations
from budgets.models import Budget, BudgetLine
from crm.models import Customer, TimeEntry

ISSUED_ON = date(2026, 11, 2)


def make_customer(**values) -> Customer:
    values.setdefault("name", "Harbour & Vine")
    return Customer.objects.create(**values)


def make_budget(*, lines=(), **values) -> Budget:
    """A budget for a company; ``lines`` are (description, quantity, unit price)."""
    values.setdefault("name", "Website rebuild")
    values.setdefault("customer", values.get("customer") or make_customer())
    budget = Budget.objects.create(resource_type="company", **values)
    for position, (description, quantity, price) in enumerate(lines):
        BudgetLine.objects.create(
            budget=budget,
            description=description,
            quantity=Decimal(quantity),
            unit_price=Decimal(price),
            amount=Decimal(quantity) * Decimal(price),
            position=position,
        )
    return budget


def make_time(budget: Budget, person, *, minutes=60, rate="100", **values) -> TimeEntry:
    """Approved, billable time on a budget."""
    rate = Decimal(rate)
    values.setdefault("status", "approved")
    values.setdefault("date", ISSUED_ON)
    return TimeEntry.objects.create(
        staff=person,
        budget=budget,
        minutes=minutes,
        rate=rate,
        currency=budget.currency,
        amount=money.time_amount(minutes, rate, budget.currency),
        **values,
    )


def make_invoice(by, *, lines=(("Design", "1", "100.00"),), **values):
    """A draft with lines of (description, quantity, unit price)."""
    values.setdefault("issued_on", ISSUED_ON)
    values.setdefault("due_on", organisation.today() + timedelta(days=30))
    if "customer" not in values and "budget" not in values:
        values["customer"] = make_customer()
    rows = [
        {"description": text, "quantity": Decimal(quantity), "unit_price": Decimal(price)}
        for text, quantity, price in lines
    ]
    return operations.create(by=by, lines=rows, **values)


def make_issued(by, **values):
    """A finalised invoice: it has its number and is frozen."""
    return operations.finalise(make_invoice(by, **values), by=by)

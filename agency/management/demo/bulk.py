"""Bulk data to measure with: written straight into the tables, in the shapes operations leave.

Invoices are written as drafts with their lines and only then set to their status, as the guard of
issued invoices demands. Nothing here has a history.
"""

import random
from collections import defaultdict
from datetime import timedelta
from decimal import Decimal
from functools import cache
from itertools import islice

from django.db import connection, transaction
from django.utils import timezone

from agency import money
from agency.reference import organisation
from agency.sql import insert_all
from agency.staff.models import Staff
from billing.invoices import issuing, totals
from billing.models import Invoice, InvoiceLine, Payment
from budgets.models import Budget, BudgetLine
from crm.models import Customer, Project, TimeEntry

CUSTOMERS, INVOICES, BUDGETS, ENTRIES = 50_000, 100_000, 1_000, 200_000
PROJECTS = 20
BATCH = 5_000
FIRST = ["North", "River", "Stone", "Blue", "Iron", "Silver", "Green", "Sun", "Oak", "Salt"]
SECOND = ["bridge", "field", "works", "harbour", "point", "valley", "lane", "mill", "gate", "peak"]
KINDS = ["Group", "Partners", "Logistics", "Health", "Foods", "Energy", "Legal", "Labs"]
FATES = ["paid"] * 6 + ["sent", "sent", "part", "draft"]
TYPES = ["time_and_materials", "retainer", "fixed_price", "sprints"]


def add(scale: int, *, say) -> None:
    """Add ``scale`` × 50,000 customers, 100,000 invoices, 1,000 budgets, 200,000 entries."""
    chance = random.Random(scale)  # noqa: S311 - the same data every time
    by = Staff.objects.get(email="executive@example.com")
    for part in (add_customers, add_invoices, add_budgets):
        with transaction.atomic():
            part(scale, chance, by)
        say(part.__name__.replace("_", " ") + ": done")
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")  # so that the planner knows what has come


def in_batches(rows):
    rows = iter(rows)
    while batch := list(islice(rows, BATCH)):
        yield batch


def save(rows) -> None:
    for batch in in_batches(rows):
        insert_all(batch)


def add_customers(scale: int, chance, by) -> None:
    def row(number: int) -> Customer:
        name = f"{chance.choice(FIRST)}{chance.choice(SECOND)} {chance.choice(KINDS)} {number}"
        domain = f"{name.lower().replace(' ', '-')}.example"
        return Customer(name=name, domain=domain, currency="AUD", owner=by, created_by=by)

    save(row(number) for number in range(CUSTOMERS * scale))


def add_invoices(scale: int, chance, by) -> None:
    customers = list(Customer.objects.order_by("-pk").values_list("pk", flat=True)[:CUSTOMERS])
    projects = [
        Project(name=f"Bulk project {number + 1}", customer_id=customers[number], owner=by)
        for number in range(PROJECTS)
    ]
    Project.objects.bulk_create(projects)
    today = organisation.today()
    for first in range(0, INVOICES * scale, BATCH):
        numbers = range(first, min(first + BATCH, INVOICES * scale))
        add_some_invoices(numbers, customers, projects, today=today, chance=chance, by=by)


def add_some_invoices(numbers, customers: list, projects: list, *, today, chance, by) -> None:
    """A batch: drafts, their lines, payments, and at last their status.

    Every tenth belongs to a project, and to its customer.
    """
    made = [unsaved_invoice(number, customers, today, chance, by) for number in numbers]
    for invoice, _, _ in made[::10]:
        invoice.project = chance.choice(projects)
        invoice.customer_id = invoice.project.customer_id
    Invoice.objects.bulk_create([invoice for invoice, _, _ in made], batch_size=500)
    for invoice, lines, _ in made:
        for line in lines:
            line.invoice_id = invoice.pk
    save((line for _, lines, _ in made for line in lines))
    save((paid(invoice) for invoice, _, _ in made if invoice.amount_paid))
    by_status = defaultdict(list)
    for invoice, _, fate in made:
        by_status["draft" if fate == "draft" else "sent"].append(invoice.pk)
    for batch in in_batches(by_status["sent"]):
        Invoice.objects.filter(pk__in=batch).update(status="sent", sent_at=timezone.now())


def unsaved_invoice(number: int, customers: list, today, chance, by):
    fate = chance.choice(FATES)
    issued_on = today - timedelta(days=chance.randint(0, 1500))
    invoice = Invoice(
        number=None if fate == "draft" else f"BULK-{number + 1:07}",
        customer_id=chance.choice(customers),
        currency="AUD",
        issued_on=issued_on,
        due_on=issued_on + timedelta(days=14),
        created_by=by,
        snapshot={} if fate == "draft" else particulars(),
    )
    lines = [unsaved_line(place, chance) for place in range(chance.randint(3, 10))]
    totals.apply(invoice, lines)
    if fate == "paid":
        invoice.amount_paid = invoice.total
    elif fate == "part":
        invoice.amount_paid = money.rounded(invoice.total / 2, "AUD")
    invoice.balance = invoice.total - invoice.amount_paid
    return invoice, lines, fate


@cache
def particulars() -> dict:
    """What an issued invoice keeps of the seller; the buyer is left blank in bulk."""
    return issuing.snapshot(Invoice(), [])


def unsaved_line(place: int, chance) -> InvoiceLine:
    return InvoiceLine(
        description=f"Work item {place + 1}",
        quantity=Decimal(chance.randint(1, 4000)) / 100,
        unit_price=Decimal(chance.randint(5000, 25000)) / 100,
        tax_type="OUTPUT",
        tax_rate=money.GST,
        position=place,
    )


def paid(invoice: Invoice) -> Payment:
    return Payment(
        invoice_id=invoice.pk,
        amount=invoice.amount_paid,
        paid_on=invoice.due_on,
        recorded_by_id=invoice.created_by_id,
    )


def add_budgets(scale: int, chance, by) -> None:
    customers = list(Customer.objects.order_by("-pk").values_list("pk", flat=True)[:BUDGETS])
    budgets = [
        Budget(
            name=f"Bulk budget {number + 1}",
            resource_type="company",
            customer_id=customers[number % len(customers)],
            budget_type=TYPES[number % 4],
            status="active",
            owner=by,
            created_by=by,
        )
        for number in range(BUDGETS * scale)
    ]
    Budget.objects.bulk_create(budgets, batch_size=500)
    lines = [unsaved_budget_line(budget, place) for budget in budgets for place in range(4)]
    BudgetLine.objects.bulk_create(lines, batch_size=500)
    people = list(Staff.objects.active().values_list("pk", flat=True))
    today = organisation.today()
    save(unsaved_entry(chance, lines, people, today) for _ in range(ENTRIES * scale))


def unsaved_budget_line(budget: Budget, place: int) -> BudgetLine:
    return BudgetLine(
        budget=budget,
        description=f"Service {place + 1}",
        quantity=Decimal(40),
        unit_price=Decimal(150 + 10 * place),
        amount=Decimal(40 * (150 + 10 * place)),
        position=place,
    )


def unsaved_entry(chance, lines: list, people: list, today) -> TimeEntry:
    line = chance.choice(lines)
    minutes = chance.choice((15, 30, 45, 60, 90, 120, 240))
    return TimeEntry(
        staff_id=chance.choice(people),
        date=today - timedelta(days=chance.randint(0, 700)),
        minutes=minutes,
        budget_id=line.budget_id,
        budget_line=line,
        customer_id=line.budget.customer_id,
        rate=line.unit_price,
        amount=money.time_amount(minutes, line.unit_price, "AUD"),
        status=chance.choice(["approved"] * 4 + ["draft"]),
        description="Bulk work",
    )

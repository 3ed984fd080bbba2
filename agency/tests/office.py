"""One person's work, complete: a client with everything that hangs on it, for tests of doors."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from itertools import count
from typing import Any

from django.utils import timezone

from agency.reference import organisation
from billing.credit_notes import ledger_operations as ledger
from billing.credit_notes import operations as notes
from billing.expenses import operations as expenses
from billing.expenses.models import ExpenseCategory
from billing.invoices import operations as invoices
from billing.items.models import Item
from billing.mapping.models import MappingRule
from billing.payments import operations as payments
from budgets.models import Budget, BudgetLine, ServiceType
from crm.models import Contact, Customer, Deal, Engagement, Milestone, Project, Task, TimeEntry
from crm.onboarding.models import OnboardingMilestone

numbers = count(1)
DAY = date(2026, 11, 2)


@dataclass
class Work:
    """The records of one person: they own, made or are assigned to each of them."""

    person: Any
    customer: Customer
    contact: Contact
    deal: Deal
    engagement: Engagement
    project: Project
    milestone: Milestone
    task: Task
    budget: Budget
    lines: list[BudgetLine]
    service: ServiceType
    draft: Any
    issued: Any
    payment: Any
    expense: Any
    note_draft: Any
    note: Any
    application: Any
    refund: Any
    item: Item
    handed_in: TimeEntry
    approved: TimeEntry
    running: TimeEntry


def work_of(person) -> Work:
    """Make a client, a project, a budget, invoices and time that belong to ``person``."""
    client = client_of(person)
    service = ServiceType.objects.create(name=f"Service {next(numbers)}", default_rate=100)
    MappingRule.objects.create(service_type=service, xero_account_code="200")
    budget = Budget.objects.create(
        name=f"Budget {next(numbers)}",
        resource_type="project",
        project=client["project"],
        customer=client["customer"],
        budget_type="time_and_materials",
        owner=person,
        created_by=person,
    )
    lines = [
        BudgetLine.objects.create(
            budget=budget, description=f"Line {at}", unit_price=100, amount=100, position=at
        )
        for at in range(2)
    ]
    values = {"staff": person, "project": client["project"], "task": client["task"]}
    values |= {"customer": client["customer"], "budget": budget, "date": DAY, "created_by": person}
    return Work(
        person=person,
        **client,
        budget=budget,
        lines=lines,
        service=service,
        **papers_of(person, client["customer"], client["project"]),
        item=Item.objects.create(description=f"Item {next(numbers)}", rate=100, group_id=2),
        **time_of(values),
    )


def client_of(person) -> dict:
    customer = Customer.objects.create(name=f"Client {next(numbers)}", owner=person)
    OnboardingMilestone.objects.start([customer])
    Contact.objects.create(customer=customer, first_name="Prime", is_primary=True)
    project = Project.objects.create(
        name=f"Project {next(numbers)}", customer=customer, owner=person, created_by=person
    )
    project.memberships.create(staff=person)
    task = Task.objects.create(
        title=f"Task {next(numbers)}",
        project=project,
        customer=customer,
        created_by=person,
        subject_type="project",
        subject_id=project.pk,
    )
    task.assignments.create(staff=person)
    return {
        "customer": customer,
        "contact": Contact.objects.create(customer=customer, first_name="Pat"),
        "deal": Deal.objects.create(title=f"Deal {next(numbers)}", customer=customer, owner=person),
        "engagement": Engagement.objects.create(
            name=f"Engagement {next(numbers)}", customer=customer, owner=person, currency="AUD"
        ),
        "project": project,
        "milestone": Milestone.objects.create(project=project, name="Launch"),
        "task": task,
    }


def papers_of(person, customer: Customer, project: Project) -> dict:
    """A draft with two lines, an issued invoice with a part payment, an expense."""
    row = {"description": "Design", "quantity": Decimal(1), "unit_price": Decimal(100)}
    values = {"customer": customer, "due_on": organisation.today() + timedelta(days=30)}
    draft = invoices.create(by=person, lines=[row, dict(row)], project=project, **values)
    issued = invoices.create(by=person, lines=[dict(row)], **values)
    issued = invoices.finalise(issued, by=None)  # as a job does it, whatever the person may do
    payment = payments.create(issued, by=None, amount=Decimal(10), paid_on=organisation.today())
    issued.refresh_from_db()
    spent = {"category": ExpenseCategory.objects.first(), "amount": Decimal(20)}
    expense = expenses.create(by=person, customer=customer, is_billable=True, **spent)
    papers = {"draft": draft, "issued": issued, "payment": payment, "expense": expense}
    return papers | credits_of(person, customer, issued)


def credits_of(person, customer: Customer, invoice) -> dict:
    """A credit note in draft, and an issued one of which a part is on the invoice and paid back."""
    row = {"description": "Goodwill", "quantity": Decimal(1), "unit_price": Decimal(50)}
    draft = notes.create(by=person, customer=customer, lines=[dict(row)])
    note = notes.issue(notes.create(by=person, customer=customer, lines=[row]), by=None)
    application = ledger.apply(note, invoice, by=None, amount=Decimal(5))
    refund = ledger.refund(note, by=None, amount=Decimal(5))
    note.refresh_from_db()
    invoice.refresh_from_db()
    return {"note_draft": draft, "note": note, "application": application, "refund": refund}


def time_of(values: dict) -> dict:
    """Time handed in, time approved, and a running timer."""
    now = timezone.now()
    make = TimeEntry.objects.create
    return {
        "handed_in": make(minutes=60, rate=100, amount=100, submitted_at=now, **values),
        "approved": make(
            minutes=60, rate=100, amount=100, status="approved", decided_at=now, **values
        ),
        "running": make(started_at=now - timedelta(minutes=5), **values),
    }

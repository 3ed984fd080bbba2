"""Work to log time on: a customer, a project with members, tasks and budgets."""

from datetime import date
from decimal import Decimal

from django.apps import apps

from budgets.budgets.models import Budget
from budgets.lines.models import BudgetLine
from budgets.services.models import ServiceType
from crm.customers.models import Customer
from crm.projects.models import Project, ProjectMember
from crm.tasks.models import Task
from crm.timesheets import operations

MONDAY = date(2026, 11, 16)


def make_project(*members, name="Website", **values):
    customer = values.pop("customer", None) or Customer.objects.create(name=f"Client of {name}")
    project = Project.objects.create(name=name, customer=customer, **values)
    for person in members:
        ProjectMember.objects.create(project=project, staff=person)
    return project


def make_task(project, *, title="Checkout", **values):
    return Task.objects.create(title=title, project=project, customer=project.customer, **values)


def make_budget(project, *, name="Build", **values):
    return Budget.objects.create(
        name=name,
        resource_type="project",
        project=project,
        customer=project.customer,
        budget_type="time_and_materials",
        **{"status": "active", **values},
    )


def make_line(budget, *, price="150", service_rate=None, unit="hour", **values):
    service = None
    if service_rate is not None:
        number = ServiceType.objects.count()
        service = ServiceType.objects.create(
            name=f"Service {number}", default_rate=Decimal(service_rate), unit=unit
        )
    return BudgetLine.objects.create(
        budget=budget,
        description="Design",
        unit_price=Decimal(price),
        service_type=service,
        **values,
    )


def log(person, *, minutes=60, date=MONDAY, by=None, **values):
    """An entry of a person, through the operation."""
    own = {} if by is None or by == person else {"staff_id": person.pk}
    return operations.create(by=by or person, date=date, minutes=minutes, **own, **values)


def approved(entry, *, by):
    return operations.approve([entry], by=by)[0]


def on_invoice(entry, *, by=None):
    """The entry on a line of a draft invoice."""
    invoice = apps.get_model("billing", "Invoice").objects.create(
        customer=entry.customer, issued_on=entry.date
    )
    lines = apps.get_model("billing", "InvoiceLine").objects
    entry.invoice_line = lines.create(invoice=invoice, description="Time")
    entry.save(update_fields=["invoice_line"])
    return entry

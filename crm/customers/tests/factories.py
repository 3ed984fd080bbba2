"""Customers and what belongs to them, for tests."""

import itertools

from django.apps import apps

from crm.customers.models import Customer

numbers = itertools.count(1)


def make_customer(**values) -> Customer:
    values.setdefault("name", f"Client {next(numbers)}")
    customer = Customer.objects.create(**values)
    apps.get_model("crm", "OnboardingMilestone").objects.start([customer])
    return customer


def make_contact(customer=None, **values):
    values.setdefault("first_name", f"Pat {next(numbers)}")
    customer = customer or make_customer()
    return apps.get_model("crm", "Contact").objects.create(customer=customer, **values)


def make_deal(**values):
    values.setdefault("title", f"Deal {next(numbers)}")
    return apps.get_model("crm", "Deal").objects.create(**values)


def make_project(members=(), **values):
    values.setdefault("name", f"Project {next(numbers)}")
    project = apps.get_model("crm", "Project").objects.create(**values)
    for person in members:
        project.memberships.create(staff=person)
    return project


def make_task(project=None, assignees=(), **values):
    values.setdefault("title", f"Task {next(numbers)}")
    if project:
        values |= {"project": project, "customer": project.customer}
        values |= {"subject_type": "project", "subject_id": project.pk}
    task = apps.get_model("crm", "Task").objects.create(**values)
    for person in assignees:
        task.assignments.create(staff=person)
    return task


def log_time(person, minutes: int = 60, **values):
    values.setdefault("date", "2026-11-02")
    entries = apps.get_model("crm", "TimeEntry").objects
    return entries.create(staff=person, minutes=minutes, **values)

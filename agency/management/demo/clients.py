"""Customers, contacts, deals, projects and tasks."""

import re
import unicodedata
from datetime import date, timedelta
from decimal import Decimal

from agency.management.demo import cast
from agency.management.demo.clock import as_of
from crm.contacts import operations as contacts
from crm.customers import operations as customers
from crm.deals import operations as deals
from crm.projects import milestones
from crm.projects import operations as projects
from crm.tasks import operations as tasks

STATUSES = ["complete", "in_progress", "complete", "testing", "not_started", "awaiting_feedback"]
FINISHED = {7, 13}  # the projects that are over
PRIORITIES = ["medium", "high", "low", "urgent"]


def make_customers(story) -> list:
    """Twelve clients with one to three people each."""
    made = []
    for number, client in enumerate(cast.CLIENTS):
        name, city, state, postcode, country, currency, terms, abn = client
        with as_of(story.first_day + timedelta(days=number % 5), 9, number):
            owner = story.managers[number % len(story.managers)]
            domain = domain_of(name)
            customer = customers.create(
                by=owner,
                name=name,
                address=cast.STREETS[number % len(cast.STREETS)],
                city=city,
                state=state,
                postcode=postcode,
                country=country,
                currency=currency,
                payment_terms_days=terms,
                tax_number=abn,
                domain=domain,
                website=f"https://{domain}",
                email=f"accounts@{domain}",
            )
            make_contacts(customer, number, domain, owner)
            made.append(customer)
    return made


def domain_of(name: str) -> str:
    """The letters of a name, those with an accent or a macron as the plain ones."""
    plain = unicodedata.normalize("NFKD", name.lower())
    return f"{re.sub('[^a-z]', '', plain)}.example"


def make_contacts(customer, number: int, domain: str, by) -> None:
    for offset in range(1 + number % 3):
        first, last, title = cast.PEOPLE[(number + offset * 3) % len(cast.PEOPLE)]
        contacts.create(
            by=by,
            customer=customer,
            first_name=first,
            last_name=last,
            title=title,
            email=f"{first.lower()}@{domain}",
        )


def make_deals(story) -> None:
    for number, (title, stage, value) in enumerate(cast.DEALS):
        with as_of(story.today - timedelta(days=60 - number * 5), 11):
            deals.create(
                by=story.managers[number % 2],
                title=title,
                customer=story.customers[(number * 5) % len(story.customers)],
                stage=stage,
                value=Decimal(value),
                close_on=story.today + timedelta(days=10 + number * 6),
            )


def make_projects(story) -> list:
    """Eighteen projects with members, milestones and eight tasks each."""
    made = []
    for number in range(18):
        customer = story.customers[number % len(story.customers)]
        name, _ = cast.WORK[(number * 3) % len(cast.WORK)]
        crew = [story.people[2 + (number + offset * 4) % 12] for offset in range(4)]
        with as_of(story.first_day + timedelta(days=5 + number % 3), 14, number):
            owner = story.managers[number % len(story.managers)]
            project = projects.create(
                by=owner,
                name=f"{customer.name}: {name.lower()}",
                customer=customer,
                status="finished" if number in FINISHED else "in_progress",
                start_on=story.first_day,
                deadline_on=story.today + timedelta(days=14 + number * 3),
                members=dict.fromkeys([owner, *crew]),
            )
            make_milestones(project, number, story, owner)
            make_tasks(project, crew, number, story, owner)
            made.append(project)
    return made


def make_milestones(project, number: int, story, by) -> None:
    """Two milestones; the first is reached but for every sixth project, which is late."""
    for name, days in (("Design signed off", -30), ("Launch", 30)):
        due_on = story.today + timedelta(days=days)
        milestone = milestones.create(by=by, project=project, name=name, due_on=due_on)
        if number in FINISHED or (days < 0 and number % 6):
            with as_of(min(due_on, story.today) - timedelta(days=number % 5), 16):
                milestones.update(milestone, by=by, is_completed=True)


def make_tasks(project, crew: list, number: int, story, by) -> None:
    for place, title in enumerate(cast.TASKS):
        tasks.create(
            by=by,
            subject=project,
            title=title,
            status="in_progress" if is_done(number, place) else status_of(number, place),
            priority=PRIORITIES[(place * 3 + number) % len(PRIORITIES)],
            due_on=story.today + timedelta(days=(place * 7 + number * 2) % 45 - 4),
            estimated_minutes=(24 + (place * 5 + number) % 24) * 60,
            assignees=[crew[place % len(crew)]],
        )


def status_of(number: int, place: int) -> str:
    """Where a task of a project stands today."""
    if number in FINISHED:
        return "complete"
    return STATUSES[(place + number) % len(STATUSES)]


def is_done(number: int, place: int) -> bool:
    return status_of(number, place) == "complete"


def done_on(number: int, place: int, story) -> date:
    """When a task was done, within the last seven weeks."""
    return story.workdays[-1 - (place * 5 + number * 3) % 35]


def finish_tasks(story) -> None:
    """Complete what is done by now; the progress of a project follows its tasks."""
    for number, project in enumerate(story.projects):
        made = list(project.tasks.order_by("pk"))
        done = [(place, task) for place, task in enumerate(made) if is_done(number, place)]
        for place, task in done:
            with as_of(done_on(number, place, story), 16, place):
                tasks.complete(task, by=task.assignees.get())
        with as_of(story.workdays[-1], 9):
            projects.update(project, by=project.owner, progress=100 * len(done) // len(made))

"""Budgets and the time that is worked on them."""

from datetime import timedelta
from decimal import Decimal

from agency.management.demo import cast
from agency.management.demo.clock import as_of
from budgets.budgets import operations as budgets
from budgets.lines import operations as lines
from crm.timesheets import operations as time

ENTRIES = 2000
LENGTHS = (60, 90, 120, 150, 180, 240, 75, 45)


def make_budgets(story) -> list:
    """Forty budgets of all four types."""
    made = []
    for number in range(40):
        project = story.projects[number % len(story.projects)]
        name, kind = cast.WORK[number % len(cast.WORK)]
        owner = story.managers[number % len(story.managers)]
        with as_of(story.first_day + timedelta(days=8 + number % 4), 15, number):
            budget = budgets.create(
                by=owner,
                resource=project,
                name=f"{name}, phase {1 + number // 10}",
                currency=project.customer.currency,
                budget_type=kind,
                status="archived" if number % 19 == 18 else "active",
                po_number=f"{4400 + number * 7}-{'ABC'[number % 3]}" if number % 2 else "",
                forecast_on=story.today + timedelta(days=10 + number % 40),
                starts_on=story.first_day + timedelta(days=8),
            )
            make_lines(budget, number, story, owner)
            made.append(budget)
    return made


def make_lines(budget, number: int, story, by) -> None:
    for offset in range(3 + number % 3):
        service = story.services[(number + offset * 3) % len(story.services)]
        hours = 20 + (number * 7 + offset * 13) % 60
        lines.create(
            budget, by=by, description=service.name, quantity=Decimal(hours), service_type=service
        )


def weeks(story):
    """The weeks of the story: their workdays, and how many entries each one gets.

    What is older than two weeks is approved; last week is handed in and waits; this week is
    still being written.
    """
    left = ENTRIES
    mondays = sorted({day - timedelta(days=day.weekday()) for day in story.workdays})
    for week, monday in enumerate(mondays):
        share = left // (len(mondays) - week)
        left -= share
        yield [day for day in story.workdays if monday <= day < monday + timedelta(days=7)], share


def log_week(story, days: list, share: int) -> None:
    """One week of everybody's time, then what became of it."""
    count = len(story.people)
    for place, person in enumerate(story.people):
        mine = share // count + (place < share % count)
        rows = [entry_row(story, person, days[number % len(days)]) for number in range(mine)]
        if not rows:
            continue
        with as_of(days[-1], 17, place):
            entries = time.create_many(rows, by=person)
            decide(story, person, entries, days[-1])


def entry_row(story, person, day) -> dict:
    """An entry on a task and a budget whose project the person works on, else on internal work."""
    mine = story.budgets_of(person)
    row = {
        "date": day,
        "minutes": story.chance.choice(LENGTHS),
        "description": story.chance.choice(cast.DID),
    }
    if not mine or story.chance.random() < 0.08:
        return row | {"is_billable": False, "description": story.chance.choice(cast.INTERNAL)}
    budget = story.chance.choice(mine)
    place, task = story.chance.choice(story.tasks_of(budget.project, person, day))
    lines = story.lines_of(budget)
    return row | {"task_id": task.pk, "budget_line_id": lines[place % len(lines)].pk}


def decide(story, person, entries: list, friday) -> None:
    age = (story.today - friday).days
    if age < 4:
        return
    time.submit(entries, by=person)
    boss = story.people[0] if person == story.people[1] else story.people[1]
    if age > 13:
        time.approve(entries, by=boss)
    elif person.pk % 4 == 0:
        time.reject(entries[0], reason="Which client was this for?", by=boss)

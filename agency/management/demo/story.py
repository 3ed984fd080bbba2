"""The demo's story, from its first day to today."""

import random
from datetime import date, timedelta
from functools import cache

from django.db import transaction

from agency.management.demo import clients, costs, people, sales, signed, work
from agency.management.demo.clock import as_of
from agency.records import channel
from agency.reference import organisation

DAYS = 90


class Story:
    """What the parts of the demo share."""

    def __init__(self, today: date) -> None:
        self.today = today
        self.first_day = today - timedelta(days=DAYS + 14)
        self.chance = random.Random(1789)  # noqa: S311 - the same agency every time
        recent = (today - timedelta(days=number) for number in range(DAYS, -1, -1))
        self.workdays = [day for day in recent if day.weekday() < 5]
        self.invoiced = 0

    @property
    def month_ends(self) -> list[date]:
        """The last day of each whole month in the story."""
        firsts = {day.replace(day=1) for day in self.workdays}
        return sorted(first - timedelta(days=1) for first in firsts)[1:]

    def budgets_of(self, person) -> list:
        return self._budgets_of(person.pk)

    @cache  # noqa: B019 - one story lives as long as the command
    def _budgets_of(self, staff_id: int) -> list:
        return [
            budget
            for budget in self.budgets
            if budget.status == "active"
            and budget.project.memberships.filter(staff=staff_id).exists()
        ]

    def tasks_of(self, project, person, day: date) -> list[tuple]:
        """What somebody works on that day: what is begun and not done, their own first."""
        number = self.projects.index(project)
        begun = [
            (place, task, who)
            for place, (task, who) in enumerate(self._tasks_of(project))
            if task.status != "not_started"
            and not (clients.is_done(number, place) and clients.done_on(number, place, self) < day)
        ]
        own = [(place, task) for place, task, who in begun if who == person.pk]
        everything = own or [(place, task) for place, task, _ in begun]
        return everything or [(0, self._tasks_of(project)[0][0])]

    @cache  # noqa: B019
    def _tasks_of(self, project) -> list[tuple]:
        """The tasks of a project with the key of whom each is given to."""
        made = project.tasks.order_by("pk")
        return [(task, task.assignments.get().staff_id) for task in made]

    @cache  # noqa: B019
    def lines_of(self, budget) -> list:
        return list(budget.lines.in_order())


@transaction.atomic
def tell() -> Story:
    """Make the demo agency, all of it or nothing."""
    with channel.through("demo"):
        people.make_organisation()
        story = Story(organisation.today())
        with as_of(story.first_day, 8) as start:
            story.people = people.make_staff(start)
            story.managers = [story.people[2], story.people[5], story.people[1]]
            people.make_rates([story.first_day + timedelta(days=30 * n) for n in range(4)])
            story.services = people.make_services(story.people[0])
            people.make_items(story.people[0])
        story.customers = clients.make_customers(story)
        clients.make_deals(story)
        signed.make_engagements(story)
        story.projects = clients.make_projects(story)
        story.budgets = work.make_budgets(story)
        for week, share in work.weeks(story):
            if 7 <= (story.today - week[0]).days < 14:
                people.read_notices(story, week[0])
            sales.invoice_month(story, week)
            work.log_week(story, week, share)
        clients.finish_tasks(story)
        costs.spend(story)
        sales.fill_up(story)
    return story

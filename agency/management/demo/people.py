"""The organisation, its staff, and what it sells."""

from decimal import Decimal

from django.contrib.auth.hashers import make_password

from agency.management.demo import cast
from agency.management.demo.clock import as_of
from agency.records.notices import operations as notices
from agency.reference import organisation
from agency.reference.models import Currency, ExchangeRate, Organisation
from agency.staff.access import DEMO_PASSWORD
from agency.staff.models import Department, Role, Staff, Team
from billing.items import operations as items
from billing.items.models import ItemGroup
from billing.mapping import operations as mapping
from budgets.models import ServiceType
from budgets.services import operations as services


def make_organisation() -> None:
    Organisation.objects.filter(pk=1).update(**cast.ORGANISATION)
    organisation.forget()


def make_staff(since) -> list[Staff]:
    """Fifteen people in all five roles; one costly hash of the common password serves all."""
    roles = {role.key: role for role in Role.objects.all()}
    password = make_password(DEMO_PASSWORD)
    people = [
        Staff.objects.create(
            email=email,
            first_name=first,
            last_name=last,
            role=roles[role],
            title=title,
            hourly_rate=Decimal(rate),
            password=password,
            is_staff=role == "executive",
            created_at=since,
        )
        for email, first, last, role, title, rate in cast.STAFF
    ]
    for number, name in enumerate(cast.DEPARTMENTS):
        Department.objects.create(name=name).members.set(people[number::4])
    for name, lead, members in cast.TEAMS:
        team = Team.objects.create(name=name, lead=people[lead])
        team.members.set([people[place] for place in members])
    return people


def make_services(by) -> list[ServiceType]:
    """Service types, and the accounts that they are booked to."""
    made = []
    for name, rate, category in cast.SERVICES:
        service = services.create(by=by, name=name, default_rate=Decimal(rate), category=category)
        mapping.upsert(service, by=by, xero_account_code="200", description=f"{name} income")
        made.append(service)
    return made


def make_items(by) -> None:
    """The catalogue that lines of invoices start from."""
    groups = {group.name: group for group in ItemGroup.objects.all()}
    for name, rate, unit, group in cast.ITEMS:
        items.create(by=by, description=name, rate=Decimal(rate), unit=unit, group=groups[group])


def make_rates(days) -> None:
    """A rate for every other currency at the start of each month."""
    for code, rate in cast.RATES.items():
        currency = Currency.objects.get(code=code)
        for number, day in enumerate(days):
            drift = 1 + Decimal(number % 5 - 2) / 100
            ExchangeRate.objects.create(
                currency=currency, on=day, rate=Decimal(rate) * drift, source="demo"
            )


def read_notices(story, day) -> None:
    """Everybody has read what they were told before a day."""
    with as_of(day, 8):
        for person in story.people:
            notices.read_all(by=person)

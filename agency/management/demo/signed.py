"""What the clients have signed for: engagements that run, rest and have ended."""

from datetime import date, timedelta
from decimal import Decimal

from agency.management.demo import cast
from agency.management.demo.clock import as_of
from crm.engagements import operations as engagements


def make_engagements(story) -> None:
    """A dozen engagements; those that rest or are over were moved a month ago."""
    for number, row in enumerate(cast.ENGAGEMENTS):
        with as_of(story.first_day + timedelta(days=6), 10, number):
            made = make(story, number, row)
        if row[4] != "active":
            with as_of(story.today - timedelta(days=35), 16, number):
                engagements.move(made, row[4], by=made.owner)


def make(story, number: int, row: tuple):
    name, client, kind, product, _, since, until, mrr, tcv, cost, margin = row
    start = month_from(story.today, -since)
    end = None if until is None else month_from(story.today, until + 1) - timedelta(days=1)
    team = cast.TEAM[: 2 + number % 2]
    return engagements.create(
        by=story.managers[number % len(story.managers)],
        customer=story.customers[client],
        name=name,
        engagement_type=kind,
        product=product,
        start_on=start,
        end_on=end,
        renews_on=end or month_from(story.today, 2 + number % 4),
        monthly_revenue=Decimal(mrr),
        total_value=None if tcv is None else Decimal(tcv),
        cogs=None if cost is None else Decimal(cost),
        margin_pct=None if margin is None else Decimal(margin),
        headcount=len(team),
        team_members=[{"role": role, "hours": hours, "rate": rate} for role, hours, rate in team],
        tools=cast.TOOLS[: 1 + number % len(cast.TOOLS)],
        deliverables="A plan for each month, the agreed work, and a report.",
        plain_status="On track" if number % 3 else "Waiting for the client's content",
        jira_project_key=f"PB{number + 1}",
    )


def month_from(day: date, months: int) -> date:
    """The first day of the month that many months after the one of that day."""
    place = day.year * 12 + day.month - 1 + months
    return date(place // 12, place % 12 + 1, 1)

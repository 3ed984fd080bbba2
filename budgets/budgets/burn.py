"""How a budget is used up week by week, and where that leads. Nothing here is saved.

Used is approved billable time at its rates. The forecast goes on from what is logged today, with
what still waits for approval, at the average of the last four weeks. The ideal is a straight line
from the first day to the budget's end.
"""

from datetime import date, timedelta
from decimal import Decimal
from typing import NamedTuple

from django.db.models import Q, Sum

from agency import money
from agency.reference import organisation
from agency.sql import cents
from budgets.budgets.figures import BURNED, UNDECIDED
from budgets.budgets.models import Budget
from budgets.budgets.states import BudgetStatus
from crm.timesheets.models import TimeEntry

PACE_WEEKS = 4
LONGEST = 53  # points of the chart; a longer span is drawn in steps of several weeks
AHEAD = 4  # weeks that the forecast looks ahead of a budget without an end
WEEK = timedelta(weeks=1)


class Point(NamedTuple):
    """One date of the chart, with what is drawn there: amounts in the budget's currency.

    ``actual`` is approved, ``logged`` what waits for approval too: there the forecast begins.
    """

    on: date
    actual: Decimal | None
    logged: Decimal | None
    forecast: Decimal | None
    ideal: Decimal | None


class Burn(NamedTuple):
    """The chart's points, and what the forecast is made of.

    ``pace`` is an average week, ``used`` what is logged today, approved or waiting. ``until`` is
    the day of the forecast ``at_end``; both are None for a budget that is not worked on.
    """

    points: list[Point]
    used: Decimal
    waiting: Decimal
    pace: Decimal
    until: date | None
    at_end: Decimal | None
    passes_on: date | None

    @property
    def has_forecast(self) -> bool:
        """Whether there is anything to go on from."""
        return self.at_end is not None and bool(self.used or self.pace)

    @property
    def ahead(self) -> Decimal:
        """What the forecast adds to what is used."""
        return money.ZERO if self.at_end is None else self.at_end - self.used


class Days(NamedTuple):
    """What was logged on each day: (date, approved, waiting), oldest first."""

    rows: list[tuple[date, Decimal, Decimal]]

    def approved_until(self, on: date) -> Decimal:
        return sum((approved for day, approved, _ in self.rows if day <= on), money.ZERO)

    def logged_between(self, after: date, until: date) -> Decimal:
        """Approved and waiting, after one day and up to another."""
        return sum(
            (approved + waiting for day, approved, waiting in self.rows if after < day <= until),
            money.ZERO,
        )


def burn_of(budget: Budget, today: date | None = None) -> Burn:
    """Work out the burn of a budget as of today in the organisation's zone."""
    today = today or organisation.today()
    days = days_of(budget)
    agreed = budget.figures.agreed
    used = days.logged_between(date.min, date.max)
    waiting = used - days.approved_until(date.max)
    pace = pace_of(days, today, budget.currency)
    until = forecast_until(budget, today)
    at_end = None if until is None else used + grown(pace, today, until, budget.currency)
    start = first_day(budget, days, today)
    end = max(until or today, budget.forecast_on or today, today)
    points = []
    for on in dates(start, end, today):
        ahead = until is not None and today <= on <= until
        points.append(
            Point(
                on,
                days.approved_until(on) if on <= today else None,
                days.logged_between(date.min, on) if on <= today else None,
                used + grown(pace, today, on, budget.currency) if ahead else None,
                ideal_at(budget, start, on, agreed),
            )
        )
    passes_on = passing(used, pace, agreed, today, until)
    return Burn(points, used, waiting, pace, until, at_end, passes_on)


def days_of(budget: Budget) -> Days:
    """What is logged on a budget in its own currency, day by day."""
    entries = TimeEntry.objects.filter(budget=budget, currency=budget.currency, is_billable=True)
    rows = (
        entries.order_by("date")
        .values_list("date")
        .annotate(
            approved=cents(Sum("amount", filter=BURNED, default=money.ZERO)),
            waiting=cents(Sum("amount", filter=UNDECIDED, default=money.ZERO)),
        )
        .filter(Q(approved__gt=0) | Q(waiting__gt=0))
    )
    return Days(list(rows))


def pace_of(days: Days, today: date, currency: str) -> Decimal:
    """An average week of the last four, approved or waiting, rounded to the currency."""
    lately = days.logged_between(today - PACE_WEEKS * WEEK, today)
    return money.rounded(lately / PACE_WEEKS, currency)


def forecast_until(budget: Budget, today: date) -> date | None:
    """The day that the forecast reaches; none where nobody works on the budget any more."""
    if budget.status in (BudgetStatus.COMPLETED, BudgetStatus.ARCHIVED):
        return None
    if budget.forecast_on is None:
        return today + AHEAD * WEEK
    return budget.forecast_on if budget.forecast_on > today else None


def grown(pace: Decimal, today: date, on: date, currency: str) -> Decimal:
    """What a steady pace adds from today to a day."""
    return money.rounded(pace * (on - today).days / 7, currency)


def passing(
    used: Decimal, pace: Decimal, agreed: Decimal, today: date, until: date | None
) -> date | None:
    """The first day on which the forecast is above the budget, within its reach."""
    if until is None or agreed <= 0 or pace <= 0 or used > agreed:
        return None
    on = today + timedelta(days=int((agreed - used) * 7 / pace) + 1)
    return on if on <= until else None


def first_day(budget: Budget, days: Days, today: date) -> date:
    """Where the chart begins: the budget's start, or the first time logged, or its making."""
    known = [day for day in (budget.starts_on, days.rows[0][0] if days.rows else None) if day]
    start = min(known) if known else organisation.day_of(budget.created_at)
    return min(start, today)


def dates(start: date, end: date, today: date) -> list[date]:
    """Dates of the chart, whole weeks before and after today, with both ends."""
    weeks = (end - start).days // 7 + 2
    step = WEEK * max(1, -(-weeks // LONGEST))
    before = [today - step * n for n in range((today - start) // step, 0, -1)]
    after = [today + step * n for n in range(1, (end - today) // step + 1)]
    found = [*before, today, *after]
    found = found if found[0] == start else [start, *found]
    return found if found[-1] == end else [*found, end]


def ideal_at(budget: Budget, start: date, on: date, agreed: Decimal) -> Decimal | None:
    """The straight line from nothing on the first day to the whole budget on its last."""
    end = budget.forecast_on
    if end is None or end <= start or agreed <= 0:
        return None
    done = min((on - start).days, (end - start).days)
    return money.rounded(agreed * done / (end - start).days, budget.currency)

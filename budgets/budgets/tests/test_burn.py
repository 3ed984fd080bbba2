"""The burn chart and its forecast, on data worked out by hand."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from budgets.budgets.burn import burn_of, dates
from budgets.budgets.tests.factories import make_budget, make_time

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 20)


def capped(**values):
    values = {"starts_on": date(2026, 10, 23), "forecast_on": date(2026, 12, 4)} | values
    return make_budget(total_amount=Decimal(1000), status="active", **values)


def test_actual_follows_approved_time_and_the_forecast_the_last_four_weeks(staff):
    jane, budget = staff(), capped()
    make_time(budget, jane, amount="100", date=date(2026, 10, 23))  # four weeks ago: not counted
    make_time(budget, jane, amount="200", date=date(2026, 10, 30))
    make_time(budget, jane, amount="150", date=date(2026, 11, 13))
    make_time(budget, jane, amount="50", date=date(2026, 11, 18), status="draft")
    make_time(budget, jane, amount="0", date=date(2026, 11, 18), is_billable=False)
    make_time(budget, jane, amount="999", date=date(2026, 11, 18), status="rejected")

    burn = burn_of(budget, TODAY)

    assert (burn.used, burn.waiting, burn.pace) == (500, 50, 100)
    assert (burn.until, burn.at_end, burn.passes_on) == (date(2026, 12, 4), 700, None)
    assert [tuple(point) for point in burn.points] == [
        (date(2026, 10, 23), 100, 100, None, 0),
        (date(2026, 10, 30), 300, 300, None, Decimal("166.67")),
        (date(2026, 11, 6), 300, 300, None, Decimal("333.33")),
        (date(2026, 11, 13), 450, 450, None, 500),
        (date(2026, 11, 20), 450, 500, 500, Decimal("666.67")),
        (date(2026, 11, 27), None, None, 600, Decimal("833.33")),
        (date(2026, 12, 4), None, None, 700, 1000),
    ]


def test_the_forecast_names_the_day_on_which_it_passes_the_budget(staff):
    jane, budget = staff(), capped()
    make_time(budget, jane, amount="900", date=date(2026, 11, 16))

    burn = burn_of(budget, TODAY)

    # 225 a week: the remaining 100 last three days, the fourth passes.
    assert (burn.pace, burn.passes_on, burn.at_end) == (225, date(2026, 11, 24), 1350)


def test_a_budget_that_is_over_already_passes_no_more(staff):
    jane, budget = staff(), capped()
    make_time(budget, jane, amount="1200", date=date(2026, 11, 16))

    assert burn_of(budget, TODAY).passes_on is None


@pytest.mark.parametrize("status", ["completed", "archived"])
def test_a_finished_budget_has_no_forecast(staff, status):
    jane, budget = staff(), capped()
    budget.status = status
    make_time(budget, jane, amount="900", date=date(2026, 11, 16))

    burn = burn_of(budget, TODAY)

    assert (burn.until, burn.at_end, burn.passes_on) == (None, None, None)
    assert all(point.forecast is None for point in burn.points)


def test_without_an_end_the_forecast_looks_four_weeks_ahead(staff):
    jane, budget = staff(), capped(forecast_on=None)
    make_time(budget, jane, amount="40", date=date(2026, 11, 16))

    burn = burn_of(budget, TODAY)

    assert (burn.until, burn.at_end) == (date(2026, 12, 18), 80)
    assert all(point.ideal is None for point in burn.points)


def test_after_its_end_a_budget_has_no_forecast(staff):
    assert burn_of(capped(forecast_on=date(2026, 11, 6)), TODAY).at_end is None


def test_figures_keep_the_decimals_of_the_currency(staff):
    jane = staff()
    budget = make_budget(currency="JPY", total_amount=Decimal(1000), status="active")
    make_time(budget, jane, amount="333", date=date(2026, 11, 16))

    assert burn_of(budget, TODAY).pace == Decimal(83)  # 83.25


@pytest.mark.parametrize("years", [1, 5, 1900])
def test_a_long_life_is_drawn_in_longer_steps(years):
    start = max(date(2026 - years, 1, 1), date(1, 1, 1))
    found = dates(start, TODAY + timedelta(days=10), TODAY)

    assert found == sorted(set(found))
    assert found[0] == start
    assert found[-1] == TODAY + timedelta(days=10)
    assert TODAY in found
    assert len(found) <= 56


def test_a_budget_made_today_is_drawn_as_well():
    points = burn_of(make_budget(total_amount=Decimal(5)), TODAY).points
    assert points[-1].on == TODAY + timedelta(weeks=4)

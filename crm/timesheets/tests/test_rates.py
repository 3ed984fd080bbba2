from decimal import Decimal

import pytest

from crm.timesheets.rates import hourly_rate
from crm.timesheets.tests.factories import log, make_budget, make_line, make_project, make_task


def rates(**given):
    return {name: None if text is None else Decimal(text) for name, text in given.items()}


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (rates(line="150", task="140", service="130", project="120", person="110"), "150"),
        (rates(line=None, task="140", service="130", project="120", person="110"), "140"),
        (rates(line="0", task=None, service="130", project="120", person="110"), "130"),
        (rates(line="0", task=None, service="0", project="120", person="110"), "120"),
        (rates(project=None, person="110"), "110"),
        (rates(project=None, person=None), "0"),
        (rates(task="0", service="130", person="110"), "0"),
        (rates(project="0", person="110"), "0"),
        (rates(line="33.3333", person="110"), "33.3333"),
    ],
)
def test_the_most_particular_price_of_an_hour_holds(given, expected):
    assert hourly_rate(**given) == Decimal(expected)


@pytest.mark.parametrize("unit", ["day", "piece", "Sprint"])
def test_a_price_by_another_unit_is_no_price_of_an_hour(unit):
    assert hourly_rate(**rates(line="900", service="800", person="110"), unit=unit) == 110


@pytest.mark.parametrize("unit", [None, "", "hour", "Hours", " h "])
def test_a_line_without_a_service_is_sold_by_the_hour(unit):
    assert hourly_rate(**rates(line="900", person="110"), unit=unit) == 900


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("prices", "expected"),
    [
        (("150", "130", None, "120", "110"), "150"),
        (("0", "130", None, "120", "110"), "130"),
        (("0", "130", "140", "120", "110"), "140"),
        (("0", "0", None, "120", "110"), "120"),
        (("0", None, None, None, "110"), "110"),
        (("0", None, None, None, None), "0"),
    ],
)
def test_an_entry_takes_its_rate_from_the_ladder(staff, prices, expected):
    line, service, task, project, person = prices
    anna = staff("employee", hourly_rate=person and Decimal(person))
    work = make_project(anna, hourly_rate=project and Decimal(project))
    sold = make_line(make_budget(work), price=line, service_rate=service)

    entry = log(
        anna,
        minutes=90,
        task_id=make_task(work, hourly_rate=task and Decimal(task)).pk,
        budget_line_id=sold.pk,
    )

    entry.refresh_from_db()
    assert (entry.rate, entry.amount) == (Decimal(expected), Decimal(expected) * Decimal("1.5"))


@pytest.mark.django_db
def test_an_entry_keeps_its_rate_when_the_price_changes_later(staff):
    anna = staff("employee", hourly_rate=Decimal(100))
    entry = log(anna)

    anna.hourly_rate = Decimal(200)
    anna.save()

    entry.refresh_from_db()
    assert (entry.rate, entry.amount) == (100, 100)


@pytest.mark.django_db
def test_an_entry_of_140_minutes_at_50_is_worth_116_67(staff):
    entry = log(staff("employee", hourly_rate=Decimal(50)), minutes=140)

    assert entry.amount == Decimal("116.67")


@pytest.mark.django_db
def test_yen_are_rounded_to_whole_ones(staff):
    anna = staff("employee", hourly_rate=Decimal("4999.5"))
    work = make_project(anna, currency="JPY")

    entry = log(anna, minutes=10, project_id=work.pk)

    assert (entry.currency, entry.amount) == ("JPY", Decimal(833))


@pytest.mark.django_db
def test_the_currency_comes_from_the_budget_then_the_project_then_the_house(staff):
    anna = staff("employee")
    work = make_project(anna, currency="NZD")
    budget = make_budget(work, currency="USD")

    entries = [log(anna, budget_id=budget.pk), log(anna, project_id=work.pk), log(anna)]

    assert [entry.currency for entry in entries] == ["USD", "NZD", "AUD"]

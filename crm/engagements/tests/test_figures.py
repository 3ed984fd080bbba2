"""Which months an engagement counts in, and what the roll-ups add up."""

from datetime import date
from decimal import Decimal

import pytest
from django.utils import timezone

from agency.reference import organisation
from crm.customers.tests.factories import make_customer
from crm.engagements import figures
from crm.engagements.models import Engagement
from crm.engagements.querysets import next_month
from crm.engagements.tests.factories import earning

pytestmark = pytest.mark.django_db
MARCH, APRIL, MAY, JUNE = (date(2026, month, 1) for month in (3, 4, 5, 6))


@pytest.fixture(autouse=True)
def _june(monkeypatch):
    monkeypatch.setattr(organisation, "today", lambda: date(2026, 6, 15))


def months_with_revenue(currency="AUD") -> list[date]:
    found = figures.by_month(Engagement.objects.all(), 4)
    return [line.month for line in found[currency] if line.mrr]


@pytest.mark.parametrize(
    ("values", "months"),
    [
        ({"start_on": date(2026, 4, 30)}, [APRIL, MAY, JUNE]),
        ({"start_on": date(2026, 1, 1), "end_on": date(2026, 5, 1)}, [MARCH, APRIL, MAY]),
        ({"start_on": date(2026, 7, 1)}, []),
        ({"start_on": date(2026, 1, 1), "status": "paused", "stopped_on": MAY}, [MARCH, APRIL]),
        ({"start_on": date(2026, 1, 1), "status": "cancelled", "stopped_on": MAY}, [MARCH, APRIL]),
        (
            {"start_on": date(2026, 1, 1), "status": "completed", "stopped_on": MAY},
            [MARCH, APRIL, MAY],
        ),
        (
            {
                "start_on": date(2026, 1, 1),
                "end_on": date(2026, 4, 30),
                "status": "completed",
                "stopped_on": JUNE,
            },
            [MARCH, APRIL],
        ),
    ],
)
def test_an_engagement_earns_from_its_start_until_it_ends_or_stops(values, months):
    earning(100, **values)
    assert months_with_revenue() == months


def test_without_a_start_it_earns_from_the_month_of_its_entry():
    one = earning(100)
    moment = timezone.now().replace(year=2026, month=5, day=10)
    Engagement.objects.filter(pk=one.pk).update(created_at=moment)
    assert months_with_revenue() == [MAY, JUNE]


def test_each_currency_is_added_up_by_itself():
    start = date(2026, 5, 20)
    earning("100.10", 1000, start_on=start)
    earning("0.20", 500, start_on=start)
    earning(70, 700, start_on=start, currency="NZD")
    earning(9, 90, start_on=start, status="cancelled", stopped_on=date(2026, 5, 25))

    found = figures.by_month(Engagement.objects.all(), 2)

    assert found == {
        "AUD": [
            (MAY, Decimal("100.30"), Decimal(1500)),
            (JUNE, Decimal("100.30"), Decimal(0)),
        ],
        "NZD": [(MAY, Decimal(70), Decimal(700)), (JUNE, Decimal(70), Decimal(0))],
    }


def test_companies_and_products_have_the_revenue_of_this_month():
    acme, blue = make_customer(name="Acme"), make_customer(name="Blue")
    start = date(2026, 1, 1)
    earning(100, 1200, customer=acme, start_on=start)
    earning(50, 600, customer=acme, start_on=start, product="care")
    earning(70, customer=acme, start_on=start, currency="NZD", product="care")
    earning(300, 900, customer=blue, start_on=start, end_on=date(2026, 3, 31))
    earning(999, 9, customer=blue, start_on=start, status="cancelled", stopped_on=start)

    rows = Engagement.objects.all()

    assert [line[1:] for line in figures.by_company(rows)] == [
        ("Acme", "AUD", Decimal(150), Decimal(1800)),
        ("Blue", "AUD", Decimal(0), Decimal(900)),
        ("Acme", "NZD", Decimal(70), Decimal(0)),
    ]
    assert [line[1:] for line in figures.by_product(rows)] == [
        ("studios", "AUD", Decimal(100), Decimal(2100)),
        ("care", "AUD", Decimal(50), Decimal(600)),
        ("care", "NZD", Decimal(70), Decimal(0)),
    ]


@pytest.mark.parametrize("roll_up", [figures.by_month, figures.by_company, figures.by_product])
def test_a_roll_up_takes_one_statement(django_assert_num_queries, roll_up):
    organisation.current()
    for _ in range(3):
        earning(100, start_on=MAY)
    with django_assert_num_queries(1):
        roll_up(Engagement.objects.all())


def test_the_month_after_december_is_january():
    assert next_month(date(2026, 12, 31)) == date(2027, 1, 1)

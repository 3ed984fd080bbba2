"""What an issued invoice comes to in the organisation's own currency."""

from datetime import date
from decimal import Decimal

import pytest

from agency.reference.models import Currency, ExchangeRate
from billing.invoices.tests.factories import ISSUED_ON, make_issued

pytestmark = pytest.mark.django_db


@pytest.fixture
def _rates(db):
    usd = Currency.objects.get(code="USD")
    for on, rate in ((date(2026, 10, 1), "1.50"), (ISSUED_ON, "1.523"), (date(2026, 12, 1), "9")):
        ExchangeRate.objects.create(currency=usd, on=on, rate=Decimal(rate))


@pytest.mark.usefixtures("_rates")
def test_the_newest_rate_of_the_issue_day_is_kept(staff):
    invoice = make_issued(staff(), currency="USD")

    kept = (invoice.base_currency, invoice.exchange_rate, invoice.exchange_rate_on)
    assert kept == ("AUD", Decimal("1.523"), ISSUED_ON)
    assert invoice.base_total == Decimal("167.53")  # 110.00 × 1.523


def test_the_own_currency_is_one_to_one(staff):
    invoice = make_issued(staff())

    assert (invoice.exchange_rate, invoice.base_total) == (1, 110)


def test_without_a_rate_nothing_is_made_up(staff):
    invoice = make_issued(staff(), currency="USD")

    assert (invoice.exchange_rate, invoice.base_total) == (None, None)

"""Currencies in use, and what they were worth on a day."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from agency.errors import BusinessError, ConflictError
from agency.records.history import history_of
from agency.reference import currencies, organisation
from agency.reference.currencies import operations
from agency.reference.models import Country, Currency, ExchangeRate

pytestmark = pytest.mark.django_db
DAY = date(2026, 6, 30)


@pytest.fixture
def dollar():
    return Currency.objects.get(code="USD")


def test_every_currency_of_iso_4217_is_known_and_eight_are_in_use():
    assert Currency.objects.filter(is_active=True).count() == 8
    assert Currency.objects.count() == 165
    kuwaiti = Currency.objects.get(code="KWD")
    assert (kuwaiti.name, kuwaiti.decimals) == ("Kuwaiti Dinar", 3)
    assert Currency.objects.get(pk=1).code == "AUD"


def test_every_country_of_iso_3166_is_known():
    assert Country.objects.count() == 249
    assert Country.objects.get(alpha2="AU").alpha3 == "AUS"


def test_a_rate_holds_from_its_day_until_the_next(dollar, staff):
    jane = staff()
    operations.set_rate(dollar, on=DAY, rate=Decimal("1.52"), by=jane)
    operations.set_rate(dollar, on=DAY + timedelta(days=10), rate=Decimal("1.55"), by=jane)
    assert currencies.rate_on("USD", DAY - timedelta(days=1)) is None
    assert currencies.rate_on("USD", DAY + timedelta(days=9)) == (Decimal("1.52"), DAY)
    assert currencies.rate_on("USD", DAY + timedelta(days=99)) == (
        Decimal("1.55"),
        DAY + timedelta(days=10),
    )


def test_a_second_rate_of_a_day_replaces_the_first(dollar, staff):
    first = operations.set_rate(dollar, on=DAY, rate=Decimal("1.52"), by=staff())
    second = operations.set_rate(dollar, on=DAY, rate=Decimal("1.53"), by=staff())
    assert first.pk == second.pk
    assert ExchangeRate.objects.get().rate == Decimal("1.53")
    assert [event.verb for event in history_of(second)] == ["updated", "created"]


@pytest.mark.parametrize("rate", ["0", "-1", "NaN", "Infinity", "1e400", "1.123456789"])
def test_a_rate_is_a_positive_number(dollar, staff, rate):
    with pytest.raises(BusinessError):
        operations.set_rate(dollar, on=DAY, rate=Decimal(rate), by=staff())
    assert not ExchangeRate.objects.exists()


def test_no_rate_is_known_before_its_day(dollar, staff):
    with pytest.raises(BusinessError):
        operations.set_rate(
            dollar, on=organisation.today() + timedelta(days=1), rate=Decimal(1), by=staff()
        )


def test_the_base_currency_has_no_rate_and_stays_in_use(staff):
    base = Currency.objects.get(code="AUD")
    with pytest.raises(BusinessError):
        operations.set_rate(base, on=DAY, rate=Decimal(2), by=staff())
    with pytest.raises(ConflictError):
        operations.update(base, by=staff(), is_active=False)


def test_separators_differ(dollar, staff):
    with pytest.raises(BusinessError):
        operations.update(dollar, by=staff(), decimal_separator=",")
    operations.update(dollar, by=staff(), decimal_separator=",", thousand_separator=".")
    dollar.refresh_from_db()
    assert dollar.decimal_separator == ","


def test_a_table_of_rates_is_read(staff):
    table = "Date,Currency,Rate\r\n2026-06-30,usd,1.52\r\n\r\n2026-06-30,EUR, 1.66 \r\n"
    assert operations.import_rates(table, by=staff()) == 2
    assert {str(rate): rate.rate for rate in ExchangeRate.objects.all()} == {
        "USD on 2026-06-30": Decimal("1.52"),
        "EUR on 2026-06-30": Decimal("1.66"),
    }


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ("2026-02-30,USD,1.5", "2026-02-30"),
        ("2026-06-30,XYZ,1.5", "XYZ"),
        ("2026-06-30,USD,dear", "dear"),
        ("2026-06-30,USD,NaN", "number"),
        ("2026-06-30,USD", "commas"),
        ("2026-06-30,USD,0", "0"),
    ],
)
def test_a_table_with_a_wrong_row_is_refused_as_a_whole(staff, row, words):
    with pytest.raises(BusinessError) as refused:
        operations.import_rates(f"2026-06-30,EUR,1.66\n{row}\n", by=staff())
    assert str(refused.value).startswith("Row 2:")
    assert words in str(refused.value)
    assert not ExchangeRate.objects.exists()


def test_a_rate_is_removed_with_a_trace(dollar, staff):
    rate = operations.set_rate(dollar, on=DAY, rate=Decimal("1.52"), by=staff())
    kept = ExchangeRate(pk=rate.pk)
    operations.remove_rate(rate, by=staff())
    assert not ExchangeRate.objects.exists()
    assert [event.verb for event in history_of(kept)] == ["deleted", "created"]

"""Patterns of document numbers, and that no number is ever given twice."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction

from agency.errors import BusinessError, ConflictError
from agency.records.history import history_of
from agency.reference.models import NumberSeries
from agency.reference.numbering import next_number, operations, patterns

DAY = date(2026, 11, 20)


@pytest.mark.parametrize(
    ("pattern", "number"),
    [
        ("INV-{year}-{seq:05}", "INV-2026-00007"),
        ("{seq}", "7"),
        ("{year}/{seq:03} A", "2026/007 A"),
        ("R#{seq:09}", "R#000000007"),
        ("{year:04}_{seq}", "2026_7"),
    ],
)
def test_a_plain_pattern_is_usable(pattern, number):
    patterns.usable(pattern)
    assert patterns.number_of(pattern, year=2026, seq=7) == number


@pytest.mark.parametrize(
    "pattern",
    [
        "",
        "INV",
        "INV-{year}",
        "{seq}{seq}",
        "{year}{year}{seq}",
        "{}{seq}",
        "{0}{seq}",
        "{seq!r}",
        "{year!s:.2}-{seq}",  # the same for every year
        "{seq.__class__}",
        "{seq[0]}",
        "{seq:{year}}",
        "{seq:99999999999}",
        "{seq:5}",  # would pad with spaces
        "{seq:,}",
        "{seq:x}",
        "{month}{seq}",
        "{{seq}}",
        "{seq",
        "seq}",
        "INV\n{seq}",
        "<b>{seq}",
        "Ä{seq}",
        "INVOICE-NUMBER-OF-OUR-AGENCY-{year}-{seq}",
    ],
)
def test_another_pattern_is_refused(pattern):
    with pytest.raises(ValidationError):
        patterns.usable(pattern)


@pytest.fixture
def give(db):
    """Give the next number of the invoices' series, as documents do that keep theirs."""
    given = []

    def next_one(on=DAY):
        with transaction.atomic():
            given.append(next_number("invoice", on=on, taken=given.__contains__))
        return given[-1]

    return next_one


@pytest.fixture
def series(db):
    return NumberSeries.objects.get(key="invoice")


def test_numbers_start_again_each_year(give):
    assert [give(), give(), give(date(2027, 1, 1)), give()] == [
        "INV-2026-00001",
        "INV-2026-00002",
        "INV-2027-00001",
        "INV-2026-00003",
    ]


def test_a_number_typed_by_hand_is_skipped(series):
    with transaction.atomic():
        assert next_number("invoice", on=DAY, taken=["INV-2026-00001"].__contains__) == (
            "INV-2026-00002"
        )


@pytest.mark.django_db(transaction=True)
def test_a_number_outside_a_transaction_is_refused():
    with pytest.raises(transaction.TransactionManagementError):
        next_number("invoice", on=DAY, taken=lambda number: False)


def test_however_the_pattern_changes_no_number_comes_twice(give, series, staff):
    jane, seen = staff(), [give(), give()]
    for pattern in (
        "INV-2026-{seq:05}",  # spells the same numbers as before
        "{seq:05}",
        "INV-{year}-{seq:05}",
        "INV-2026-{seq:05}",
        "INV-{year}-{seq:05}",
    ):
        operations.update(series, by=jane, pattern=pattern)
        seen += [give(), give()]
    assert len(set(seen)) == len(seen)
    assert seen[-1] == "INV-2026-00010"


def test_a_change_of_pattern_is_recorded(series, staff):
    jane = staff()
    operations.update(series, by=jane, pattern="R-{seq:04}")
    [event] = history_of(series)
    assert (event.by, event.changes) == (jane, {"pattern": ["INV-{year}-{seq:05}", "R-{seq:04}"]})


def test_a_bad_pattern_is_refused_and_nothing_changes(series, staff):
    with pytest.raises(BusinessError) as refused:
        operations.update(series, by=staff(), pattern="{seq.real}")
    assert refused.value.field == "pattern"
    series.refresh_from_db()
    assert series.pattern == "INV-{year}-{seq:05}"


def test_two_series_never_share_a_pattern(series, staff):
    with pytest.raises(ConflictError):
        operations.update(series, by=staff(), pattern="CN-{year}-{seq:05}")


def test_the_next_number_can_be_shown_without_taking_it(give, series):
    assert operations.upcoming(series, DAY) == "INV-2026-00001"
    assert operations.upcoming(series, DAY) == give()
    assert operations.upcoming(NumberSeries.objects.get(pk=series.pk), DAY) == "INV-2026-00002"

"""Money arithmetic against an oracle that knows integers only."""

import random
from decimal import Decimal

import pytest

from agency import money

SCALES = {"AUD": 2, "JPY": 0, "KWD": 3}


@pytest.mark.parametrize(
    ("amount", "currency", "expected"),
    [
        ("0.005", "AUD", "0.01"),
        ("-0.005", "AUD", "-0.01"),
        ("2.5", "JPY", "3"),
        ("1.0005", "KWD", "1.001"),
        ("1.004999", "AUD", "1.00"),
    ],
)
def test_rounding_is_half_up_away_from_zero(amount, currency, expected):
    assert money.rounded(Decimal(amount), currency) == Decimal(expected)


def test_the_decimals_of_a_currency_are_those_of_iso_4217():
    assert {code: money.decimals(code) for code in ("AUD", "JPY", "KWD", "AFN", "XXX")} == {
        "AUD": 2,
        "JPY": 0,
        "KWD": 3,
        "AFN": 2,
        "XXX": 2,
    }


def test_two_entries_of_time_are_rounded_before_they_are_added():
    parts = [money.time_amount(minutes, Decimal(50), "AUD") for minutes in (140, 20)]
    assert parts == [Decimal("116.67"), Decimal("16.67")]


def test_hours_and_minutes_go_both_ways():
    assert [money.hours(minutes) for minutes in (140, 20, 90)] == [
        Decimal("2.33"),
        Decimal("0.33"),
        Decimal("1.50"),
    ]
    assert [money.minutes_of(Decimal(text)) for text in ("1.5", "0.0083", "7.3917")] == [90, 0, 444]


@pytest.mark.parametrize(
    ("amount", "weights", "parts"),
    [
        ("10.00", ["1", "1", "1"], ["3.34", "3.33", "3.33"]),
        ("0.01", ["5", "5"], ["0.01", "0"]),
        ("-0.05", ["1", "1"], ["-0.03", "-0.02"]),
        ("7.00", ["0", "0"], ["7.00", "0"]),
        ("5.00", [], []),
    ],
)
def test_a_discount_is_spread_by_largest_remainder(amount, weights, parts):
    spread = money.spread(Decimal(amount), [Decimal(weight) for weight in weights], "AUD")
    assert spread == [Decimal(part) for part in parts]


# -- the oracle: integers in 1/10,000 of the currency and 1/10,000 of a rate ------------------


def half_up(numerator: int, denominator: int) -> int:
    sign = -1 if (numerator < 0) != (denominator < 0) else 1
    return sign * ((2 * abs(numerator) + abs(denominator)) // (2 * abs(denominator)))


def oracle(lines, scale, discount, inclusive):
    """(net, tax, gross) in the currency's smallest unit, from integers alone."""
    per_unit = 10**8 // 10**scale
    amounts = [half_up(quantity * price, per_unit) for quantity, price, _ in lines]
    shares = oracle_spread(discount, amounts)
    net = tax = 0
    for amount, share, (_, _, rate) in zip(amounts, shares, lines, strict=True):
        value = amount - share
        part = half_up(value * rate, 10_000 + rate if inclusive else 10_000)
        tax += part
        net += value - part if inclusive else value
    return net, tax, net + tax


def oracle_spread(discount, weights):
    whole = sum(weights)
    if whole == 0:
        return [discount] + [0] * (len(weights) - 1)
    floors = [discount * weight // whole for weight in weights]
    rests = [(discount * weight % whole, -index) for index, weight in enumerate(weights)]
    for _, index in sorted(rests, reverse=True)[: discount - sum(floors)]:
        floors[-index] += 1
    return floors


def random_invoice(chance):
    currency = chance.choice(list(SCALES))
    lines = [
        (
            chance.randint(1, 5_000_000),
            chance.randint(0, 90_000_000),
            chance.choice([0, 1000, 1500, 825, 2000]),
        )
        for _ in range(chance.randint(1, 10))
    ]
    scale = SCALES[currency]
    most = sum(half_up(q * p, 10**8 // 10**scale) for q, p, _ in lines)
    discount = chance.choice([0, 0, chance.randint(0, max(most // 2, 0))])
    return currency, scale, lines, discount, chance.random() < 0.5


def test_ten_thousand_random_invoices_equal_the_oracle_to_the_last_unit():
    chance = random.Random(20261120)
    for _ in range(10_000):
        currency, scale, lines, discount, inclusive = random_invoice(chance)
        prices = [
            money.LinePrice(
                money.amount_of(Decimal(q).scaleb(-4), Decimal(p).scaleb(-4), currency),
                Decimal(rate).scaleb(-4),
            )
            for q, p, rate in lines
        ]
        priced, sums = money.document(
            prices, currency, discount=Decimal(discount).scaleb(-scale), inclusive=inclusive
        )
        expected = oracle(lines, scale, discount, inclusive)
        assert tuple(int(figure.scaleb(scale)) for figure in sums) == expected
        assert sum(amounts.gross for _, amounts in priced) == sums.gross


def test_taking_the_tax_out_and_putting_it_back_is_stable_to_the_unit():
    chance = random.Random(7)
    for _ in range(2_000):
        gross = Decimal(chance.randint(1, 10**7)).scaleb(-2)
        inside = money.taxed(gross, money.GST, "AUD", inclusive=True)
        outside = money.taxed(inside.net, money.GST, "AUD", inclusive=False)
        assert abs(outside.gross - gross) <= Decimal("0.01")
        assert inside.net + inside.tax == gross


@pytest.mark.parametrize(
    ("revenue", "cost", "share"),
    [("900", "600", "33.33"), ("800", "299", "62.63"), ("100", "300", "-200"), ("0", "5", None)],
)
def test_a_margin_is_what_is_left_in_per_cent_of_the_revenue(revenue, cost, share):
    found = money.margin(Decimal(revenue), Decimal(cost))
    assert found == (None if share is None else Decimal(share))

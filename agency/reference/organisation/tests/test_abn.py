"""The checksum of the Australian Business Number, against a table of real and spoilt ones."""

import pytest

from agency.reference.organisation import abn

REAL = [
    "51824753556",  # Australian Taxation Office, the Register's own example
    "53004085616",
    "83914571673",
    "33102417032",
    "74599608295",
    "37840132830",
]
WRONG = [
    "51824753557",  # one digit off
    "15824753556",  # two digits changed places
    "5182475355",  # ten digits
    "518247535560",  # twelve
    "00000000000",
    "5182475355A",
    "５１８２４７５３５５６",  # full-width digits
    "51-824-753-556",
    "",
]


def checksum_holds(digits: str) -> bool:
    """The Register's words, digit by digit."""
    first, *others = map(int, digits)
    total = (first - 1) * 10 + sum(
        digit * weight for digit, weight in zip(others, range(1, 20, 2), strict=True)
    )
    return total % 89 == 0


@pytest.mark.parametrize("number", [number for number in REAL if checksum_holds(number)])
def test_a_registered_number_is_valid(number):
    assert abn.is_valid(number)


@pytest.mark.parametrize("number", WRONG)
def test_a_spoilt_number_is_not(number):
    assert not abn.is_valid(number)


def test_every_single_changed_digit_is_noticed():
    good = "51824753556"
    spoilt = {
        good[:at] + str(digit) + good[at + 1 :]
        for at in range(11)
        for digit in range(10)
        if str(digit) != good[at]
    }
    assert [number for number in spoilt if abn.is_valid(number)] == []
    assert len(spoilt) == 99


def test_it_is_read_with_spaces_and_printed_with_them():
    assert abn.is_valid(" 51 824 753 556 ")
    assert abn.spaced("51824753556") == "51 824 753 556"
    assert abn.spaced("") == ""

"""The Australian Business Number and its checksum.

Source: Australian Business Register, "Format of the ABN": subtract 1 from the first digit, weigh
the digits 10, 1, 3, 5, … 19; the sum is a multiple of 89.
"""

from django.core.exceptions import ValidationError

WEIGHTS = (10, 1, 3, 5, 7, 9, 11, 13, 15, 17, 19)


def digits_of(text: str) -> str:
    return "".join(text.split())


def is_valid(text: str) -> bool:
    digits = digits_of(text)
    if len(digits) != len(WEIGHTS) or not (digits.isascii() and digits.isdigit()):
        return False
    numbers = [int(digits[0]) - 1, *map(int, digits[1:])]
    return sum(n * w for n, w in zip(numbers, WEIGHTS, strict=True)) % 89 == 0


def validate(text: str) -> None:
    if text and not is_valid(text):
        raise ValidationError("This is not a valid ABN: eleven digits with a checksum.")


def spaced(text: str) -> str:
    """51 824 753 556, as it is printed."""
    digits = digits_of(text)
    return f"{digits[:2]} {digits[2:5]} {digits[5:8]} {digits[8:]}" if digits else ""

"""What a pattern of numbers may look like: letters and marks around ``{year}`` and ``{seq:05}``."""

import re
from string import Formatter

from django.core.exceptions import ValidationError

LONGEST = 40  # characters of a number, as documents store it
LITERAL = re.compile(r"[A-Za-z0-9 ./#_-]*")
SHAPES = {"seq": re.compile(r"(0[1-9])?"), "year": re.compile(r"(04)?")}
HINT = "Use {seq}, {seq:05} and {year} only, with letters, digits and - . / # _ around them."


def usable(pattern: str) -> None:
    """Refuse a pattern that is not one ``{seq}``, at most one ``{year}``, and plain marks.

    Nothing but these two names is ever formatted, so that a pattern cannot reach into the program.
    """
    names = [name for name in _fields(pattern) if name]
    if names.count("seq") != 1 or names.count("year") > 1:
        raise ValidationError("The pattern needs one {seq}, and {year} at most once.")
    if len(number_of(pattern, year=9999, seq=999_999_999)) > LONGEST:
        raise ValidationError(f"Numbers must stay within {LONGEST} characters.")


def number_of(pattern: str, *, year: int, seq: int) -> str:
    """The number that a pattern makes: INV-2026-00001."""
    return pattern.format(year=year, seq=seq)


def is_yearly(pattern: str) -> bool:
    """Whether the count starts again each year."""
    return "{year" in pattern


def _fields(pattern: str) -> list[str | None]:
    try:
        parts = list(Formatter().parse(pattern))
    except ValueError as error:
        raise ValidationError(HINT) from error
    for literal, name, shape, conversion in parts:
        known = name is None or (name in SHAPES and SHAPES[name].fullmatch(shape or ""))
        if not known or conversion or not LITERAL.fullmatch(literal):
            raise ValidationError(HINT)
    return [name for _, name, _, _ in parts]

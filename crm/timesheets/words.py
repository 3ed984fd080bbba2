"""Weeks in words."""

from datetime import date

from agency.reference import organisation


def span(first: date, last: date) -> str:
    """16 – 22 November; what the two ends share is said once, this year not at all."""
    this_year = organisation.today().year
    year = "" if first.year == last.year == this_year else f" {last.year}"
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day} – {last.day} {last:%B}{year}"
    before = f"{first.day} {first:%b}" + ("" if first.year == last.year else f" {first.year}")
    return f"{before} – {last.day} {last:%b}{year}"

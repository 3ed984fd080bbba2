"""People in a column of ``agency.sql.people_of``, as badges and as words."""

from collections.abc import Callable

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from agency.ui import formats

MOST_FACES = 3


def names(people: list | None) -> list[str]:
    """The full names, in the order of the keys."""
    return [" ".join(filter(None, person[1:])) for person in sorted(people or [])]


def faces(people: list | None) -> SafeString:
    """Round badges; the names for readers and on hover."""
    found = names(people)
    if not found:
        return formats.DASH
    shown = format_html_join(
        "",
        '<span title="{}">{}</span>',
        ((name, formats.face(name, "s")) for name in found[:MOST_FACES]),
    )
    more = f"+{len(found) - MOST_FACES}" if len(found) > MOST_FACES else ""
    label = ", ".join(found)
    return format_html(
        '<span class="faces" role="img" aria-label="{}">{}{}</span>', label, shown, more
    )


def faces_of(column: str) -> Callable:
    return lambda row: faces(getattr(row, column))


def names_of(column: str) -> Callable:
    return lambda row: ", ".join(names(getattr(row, column)))

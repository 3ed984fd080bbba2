"""The patterns of document numbers are changed here."""

from datetime import date

from django.db import transaction

from agency.errors import ConflictError
from agency.reference import organisation, writing
from agency.reference.numbering import patterns
from agency.reference.numbering.models import NumberSeries


@transaction.atomic
def update(series: NumberSeries, *, by, **values) -> NumberSeries:
    """Change the name or the pattern of a series.

    Counters go on where they stand, and a number that a document holds is skipped: no number is
    given twice, however often the pattern changes. Two series never share a pattern.
    """
    pattern = values.get("pattern", series.pattern)
    shared = NumberSeries.objects.filter(pattern=pattern).exclude(pk=series.pk).first()
    if shared:
        raise ConflictError(f"{shared.name} are numbered so already.", field="pattern")
    return writing.change(series, by=by, **values)


def upcoming(series: NumberSeries, on: date | None = None) -> str:
    """What the next number of a series looks like, for people; nothing is taken."""
    year = (on or organisation.today()).year
    counter = next(
        (one for one in series.counters.all() if one.year == (year if series.is_yearly else 0)),
        None,
    )
    return patterns.number_of(series.pattern, year=year, seq=(counter.last if counter else 0) + 1)

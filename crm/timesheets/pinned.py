"""Rows of the week grid on which nothing is logged yet, kept in the session until there is."""

from datetime import date

from crm.timesheets.work import place_from

KEY = "time_rows"
MOST_ROWS, MOST_WEEKS = 40, 12


def places(session, staff, monday: date) -> list[tuple]:
    """The places that were added to somebody's week."""
    words = session.get(KEY, {}).get(_week(staff, monday), [])
    return [place for place in map(place_from, words) if place is not None]


def pin(session, staff, monday: date, works) -> int:
    """Add rows to a week; how many were new."""
    weeks = dict(session.get(KEY, {}))
    before = weeks.pop(_week(staff, monday), [])
    fresh = [word for word in dict.fromkeys(work.pk for work in works) if word not in before]
    kept = [*before, *fresh][-MOST_ROWS:]
    latest = list(weeks.items())[-(MOST_WEEKS - 1) :]
    session[KEY] = dict([*latest, (_week(staff, monday), kept)])
    return len(fresh)


def _week(staff, monday: date) -> str:
    return f"{staff.pk}:{monday.isoformat()}"

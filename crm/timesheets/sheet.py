"""A person's week as a grid: one row for each piece of work, one cell for each day. Reads only."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cached_property

from django.utils import timezone

from agency.reference import organisation
from crm.timesheets.durations import DAY_MINUTES, minutes_between, week_of
from crm.timesheets.models import TimeEntry
from crm.timesheets.states import TimeStatus
from crm.timesheets.work import Work, place_of

WORKING_DAYS = 5


def minutes_so_far(entry: TimeEntry, now: datetime) -> int:
    """The minutes of an entry; of a running timer those that passed until now."""
    if not entry.is_running:
        return entry.minutes
    return min(minutes_between(entry.started_at, now), DAY_MINUTES)


@dataclass
class Cell:
    """One day of one piece of work."""

    day: date
    is_open: bool  # may be typed in, as far as the day and the person go
    now: datetime
    entries: list[TimeEntry] = field(default_factory=list)

    @cached_property
    def minutes(self) -> int:
        return sum(minutes_so_far(entry, self.now) for entry in self.entries)

    @property
    def is_running(self) -> bool:
        return any(entry.is_running for entry in self.entries)

    def has(self, status: str) -> bool:
        return any(entry.status == status for entry in self.entries)

    @property
    def is_locked(self) -> bool:
        """Whether nothing can be typed: a timer runs, or all of it is approved or billed."""
        fixed = bool(self.entries) and all(entry.is_locked for entry in self.entries)
        return not self.is_open or self.is_running or fixed

    @property
    def tone(self) -> str:
        if self.is_running:
            return "is-run"
        return "is-no" if self.has(TimeStatus.REJECTED) else ""

    @property
    def note(self) -> str:
        """What a reader hears of the cell beside its hours."""
        if self.is_running:
            return "timer running"
        if self.has(TimeStatus.REJECTED):
            return "sent back"
        if self.entries and all(entry.status == TimeStatus.APPROVED for entry in self.entries):
            return "approved"
        return "handed in" if any(entry.submitted_at for entry in self.entries) else ""


@dataclass
class Row:
    """One piece of work and its seven cells."""

    work: Work
    cells: list[Cell]

    @property
    def minutes(self) -> int:
        return sum(cell.minutes for cell in self.cells)


@dataclass
class Day:
    """One column: its total, what it should come to, and how far its approval is."""

    date: date
    cells: list[Cell]
    goal: int
    is_today: bool

    @property
    def minutes(self) -> int:
        return sum(cell.minutes for cell in self.cells)

    @property
    def entries(self) -> list[TimeEntry]:
        return [entry for cell in self.cells for entry in cell.entries]

    @property
    def state(self) -> str:
        """approved, rejected, submitted, open, or nothing for an empty day."""
        found = self.entries
        if any(entry.status == TimeStatus.REJECTED for entry in found):
            return "rejected"
        if not found:
            return ""
        drafts = [entry for entry in found if entry.status == TimeStatus.DRAFT]
        if not drafts:
            return "approved"
        return "submitted" if all(entry.submitted_at for entry in drafts) else "open"

    @property
    def sent_back(self) -> int:
        return sum(entry.status == TimeStatus.REJECTED for entry in self.entries)

    @property
    def against(self) -> int | None:
        """Minutes above (or below) the day's goal, where something is logged."""
        return self.minutes - self.goal if self.minutes and self.goal else None


@dataclass
class Refusal:
    """Entries that somebody sent back for one reason."""

    by: object
    reason: str
    entries: list[TimeEntry] = field(default_factory=list)

    @property
    def minutes(self) -> int:
        return sum(entry.minutes for entry in self.entries)


class Sheet:
    """The week of ``staff`` around a day, with rows for further work where nothing is logged yet.

    ``is_writable`` says whether whoever looks may log here; days of the closed period stay shut.
    """

    def __init__(self, staff, around: date, *, is_writable: bool, further: Iterable[Work] = ()):
        self.staff = staff
        self.monday, self.sunday = week_of(around)
        self.is_writable = is_writable
        self.further = list(further)
        self.now = timezone.now()
        self.today = organisation.today()
        rows = TimeEntry.objects.filter(staff=staff, date__range=(self.monday, self.sunday))
        self.entries = list(rows.listing().select_related("budget_line", "decided_by"))

    @property
    def dates(self) -> list[date]:
        length = (self.sunday - self.monday).days + 1
        return [self.monday + timedelta(days=n) for n in range(length)]

    @cached_property
    def rows(self) -> list[Row]:
        """Work with time on it, by customer and name; then the rows that were added by hand."""
        found: dict[tuple, Row] = {}
        for entry in reversed(self.entries):
            place = place_of(entry)
            if place not in found:
                found[place] = self._row(Work.of(entry))
            found[place].cells[(entry.date - self.monday).days].entries.append(entry)
        logged = sorted(found.values(), key=lambda row: (row.work.detail, row.work.label))
        added = [self._row(work) for work in self.further if work.place not in found]
        return [*logged, *added]

    def _row(self, work: Work) -> Row:
        closed = organisation.current().locked_before
        cells = [
            Cell(day, self.is_writable and not (closed and day < closed), self.now)
            for day in self.dates
        ]
        return Row(work, cells)

    @cached_property
    def days(self) -> list[Day]:
        return [
            Day(day, [row.cells[n] for row in self.rows], self._goal(n), day == self.today)
            for n, day in enumerate(self.dates)
        ]

    def _goal(self, weekday: int) -> int:
        return self.staff.weekly_minutes // WORKING_DAYS if weekday < WORKING_DAYS else 0

    def row_of(self, place: tuple) -> Row | None:
        return next((row for row in self.rows if row.work.place == place), None)

    # -- what the week comes to -------------------------------------------------------------------
    def total(self, *, only=None) -> int:
        """Minutes of the entries that ``only`` lets through."""
        return sum(
            minutes_so_far(entry, self.now) for entry in self.entries if only is None or only(entry)
        )

    @property
    def minutes(self) -> int:
        return self.total()

    @property
    def billable(self) -> int:
        return self.total(only=lambda entry: entry.is_billable)

    @property
    def billable_percent(self) -> int:
        return 100 * self.billable // self.minutes if self.minutes else 0

    @property
    def to_go(self) -> int:
        """Minutes that are missing from the person's week."""
        return max(0, self.staff.weekly_minutes - self.minutes)

    @property
    def submitted_minutes(self) -> int:
        return sum(entry.minutes for entry in self.submitted)

    @property
    def approved(self) -> int:
        return self.total(only=lambda entry: entry.status == TimeStatus.APPROVED)

    @property
    def worth(self) -> dict[str, object]:
        """The amounts of the entries, by currency."""
        found: dict[str, object] = {}
        for entry in self.entries:
            if entry.amount:
                found[entry.currency] = found.get(entry.currency, 0) + entry.amount
        return dict(sorted(found.items()))

    # -- what can be done with it -----------------------------------------------------------------
    @property
    def sent_back(self) -> list[TimeEntry]:
        return [entry for entry in self.entries if entry.status == TimeStatus.REJECTED]

    @property
    def refusals(self) -> list[Refusal]:
        """What was sent back, by who did and the reason, each once."""
        found: dict[tuple, Refusal] = {}
        for entry in reversed(self.sent_back):
            key = (entry.decided_by_id, entry.rejection_reason)
            refusal = found.setdefault(key, Refusal(entry.decided_by, entry.rejection_reason))
            refusal.entries.append(entry)
        return list(found.values())

    @property
    def to_submit(self) -> list[TimeEntry]:
        """Drafts that are not handed in; a running timer waits until it is stopped."""
        return [entry for entry in self.drafts if entry.submitted_at is None]

    @property
    def submitted(self) -> list[TimeEntry]:
        return [entry for entry in self.drafts if entry.submitted_at is not None]

    @property
    def drafts(self) -> list[TimeEntry]:
        return [
            entry
            for entry in self.entries
            if entry.status == TimeStatus.DRAFT and not entry.is_running
        ]

    @property
    def days_to_submit(self) -> list[date]:
        return sorted({entry.date for entry in self.to_submit})

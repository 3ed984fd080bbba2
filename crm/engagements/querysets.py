"""Engagements in the office's words, and in which months they earn."""

from datetime import date, datetime, time, timedelta

from django.db.models import Q

from agency.reference import organisation
from agency.staff.scope import ScopedQuerySet
from crm.engagements.states import EngagementStatus
from crm.people import name_of
from crm.words import all_words

RENEWAL_DAYS = 60


class EngagementQuerySet(ScopedQuerySet):
    def touching(self, people) -> Q:
        return Q(owner__in=people) | Q(created_by__in=people)

    def matching(self, text: str):
        columns = ("name", "customer__name", "product", "jira_project_key")
        return self.filter(all_words(text, columns))

    def listing(self):
        """What every list of engagements shows, in one query."""
        rows = self.select_related("customer", "owner").annotate(owner_name=name_of("owner"))
        return rows.order_by("-created_at", "-pk")


def earning_in(month: date) -> Q:
    """Whether an engagement brings its monthly revenue in the month that begins on that day.

    From the month of its start (without one: of its entry) to the month of its end, and
    - active: throughout;
    - completed: up to the month in which it was completed;
    - paused, cancelled: up to the month before the one in which it stopped.
    Only the present stop is known: one that goes on after a pause counts throughout again.
    """
    after = next_month(month)
    within = begun_before(after) & (Q(end_on=None) | Q(end_on__gte=month))
    stopped = (EngagementStatus.PAUSED, EngagementStatus.CANCELLED)
    runs = Q(status=EngagementStatus.ACTIVE)
    runs |= Q(status=EngagementStatus.COMPLETED, stopped_on__gte=month)
    runs |= Q(status__in=stopped, stopped_on__gte=after)
    return within & runs


def signed_in(month: date) -> Q:
    """Whether its total value counts to that month: it began in it and is not cancelled."""
    return begun_before(next_month(month)) & ~begun_before(month) & signed()


def signed() -> Q:
    """Whether its total value counts at all."""
    return ~Q(status=EngagementStatus.CANCELLED)


def begun_before(day: date) -> Q:
    moment = datetime.combine(day, time.min, tzinfo=organisation.current().zone)
    return Q(start_on__lt=day) | Q(start_on=None, created_at__lt=moment)


def renewing() -> Q:
    """Active, and to be renewed within sixty days or overdue for it."""
    last = organisation.today() + timedelta(days=RENEWAL_DAYS)
    return Q(status=EngagementStatus.ACTIVE, renews_on__lte=last)


def next_month(month: date) -> date:
    """The first day of the month after the one of that day."""
    return (month.replace(day=1) + timedelta(days=31)).replace(day=1)

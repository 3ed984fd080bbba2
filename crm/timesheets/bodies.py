"""What the agency dialect reads of time."""

from decimal import Decimal

from rest_framework import serializers

from agency.api.fields import HoursIn, IdIn
from agency.api.rows import StrictSerializer
from crm.timesheets.approval import LONGEST_REASON
from crm.timesheets.operations import MOST_AT_ONCE
from crm.timesheets.plainly import LONGEST_DESCRIPTION, PlainlyField


def reference(source: str, **kwargs) -> IdIn:
    return IdIn(source=source, required=False, allow_null=True, **kwargs)


class WorkFields(StrictSerializer):
    """What an entry is logged on, and for what."""

    description = serializers.CharField(
        required=False, allow_blank=True, max_length=LONGEST_DESCRIPTION
    )
    task_id = IdIn(required=False, allow_null=True)
    project_id = IdIn(required=False, allow_null=True)
    company_id = reference("customer_id")
    budget_id = IdIn(required=False, allow_null=True)
    line_item_id = reference("budget_line_id")
    billable = serializers.BooleanField(source="is_billable", required=False)


class TimeFields(WorkFields):
    """The day and the hours, or start and end."""

    date = serializers.DateField(required=False)
    hours = HoursIn(source="minutes", required=False, max_value=Decimal(24))
    started_at = serializers.DateTimeField(required=False, allow_null=True)
    ended_at = serializers.DateTimeField(required=False, allow_null=True)


class NewTime(TimeFields):
    """One new entry: ``hours``, or ``started_at`` and ``ended_at``."""

    date = serializers.DateField()
    user_id = IdIn(source="staff_id", required=False)


class NewTimeList(StrictSerializer):
    """Up to 1,000 new entries, all or none."""

    time_entries = PlainlyField(
        child=NewTime(), min_length=1, max_length=MOST_AT_ONCE, allow_empty=False
    )


class StopBody(StrictSerializer):
    """``ended_at`` where the timer was forgotten."""

    ended_at = serializers.DateTimeField(required=False)


class StartBody(WorkFields):
    """``stop_running`` ends the timer that runs now, instead of refusing."""

    stop_running = serializers.BooleanField(required=False)


class RejectBody(StrictSerializer):
    reason = serializers.CharField(max_length=LONGEST_REASON)


class ApproveBody(StrictSerializer):
    """``ids`` of drafts in one's scope; all are approved, or none."""

    ids = serializers.ListField(
        child=IdIn(), min_length=1, max_length=MOST_AT_ONCE, allow_empty=False
    )

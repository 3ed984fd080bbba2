"""What the agency dialect shows of time."""

from rest_framework import serializers

from agency.api.fields import HoursOut, IdField, MoneyOut, PersonName, PlainOut
from agency.api.rows import ColumnMixin, RowSerializer
from crm.timesheets.models import TimeEntry
from crm.timesheets.states import TimeStatus


class WhenApproved(ColumnMixin):
    """A column that is shown of approved time alone; a rejection is told by its reason."""

    @property
    def paths(self) -> list[str]:
        return [*super().paths, "status"]

    def convert(self, value, status):
        return super().convert(value) if status == TimeStatus.APPROVED else None


class ApprovedAt(WhenApproved, serializers.DateTimeField):
    """When the time was approved."""


class ApprovedBy(WhenApproved, IdField):
    """Who approved it."""


class TimeEntryRow(RowSerializer):
    model = TimeEntry

    id = IdField()
    user_id = IdField(source="staff_id")
    user_name = PersonName(source="staff")
    date = serializers.DateField()
    hours = HoursOut(source="minutes")
    minutes = serializers.IntegerField()
    description = serializers.CharField()
    task_id = IdField()
    task_title = serializers.CharField(source="task.title")
    project_id = IdField()
    project_name = serializers.CharField(source="project.name")
    company_id = IdField(source="customer_id")
    company_name = serializers.CharField(source="customer.name")
    budget_id = IdField()
    budget_name = serializers.CharField(source="budget.name")
    line_item_id = IdField(source="budget_line_id")
    billable = serializers.BooleanField(source="is_billable")
    rate = PlainOut(least=2)
    amount = MoneyOut()
    currency = serializers.CharField()
    status = serializers.CharField()
    submitted_at = serializers.DateTimeField()
    approved_at = ApprovedAt(source="decided_at", allow_null=True)
    approved_by = ApprovedBy(source="decided_by_id", allow_null=True)
    rejection_reason = serializers.CharField()
    started_at = serializers.DateTimeField()
    ended_at = serializers.DateTimeField()
    invoice_id = IdField(source="invoice_line.invoice_id")
    created_at = serializers.DateTimeField()
    updated_at = serializers.DateTimeField()

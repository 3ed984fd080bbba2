"""Time in the admin: what is approved or billed is read only, approving goes the usual way."""

from django.contrib import admin

from agency.errors import BusinessError
from agency.records.looking import run_on_all
from crm.office_admin import OfficeAdmin
from crm.timesheets import operations
from crm.timesheets.models import TimeEntry

WORK = ["task", "budget_line", "budget", "project", "customer"]
OPEN = ["date", "minutes", *WORK, "is_billable", "description"]


@admin.register(TimeEntry)
class TimeEntryAdmin(OfficeAdmin):
    operations = operations
    list_display = [
        "date",
        "staff",
        "minutes",
        "task",
        "project",
        "customer",
        "status",
        "is_billable",
        "currency",
        "amount",
    ]
    list_display_links = ["date", "staff"]
    list_filter = ["status", "is_billable", "date", "currency"]
    list_select_related = ["staff", "task", "project", "customer"]
    search_fields = ["description", "task__title", "project__name", "customer__name"]
    date_hierarchy = "date"
    raw_id_fields = ["staff", *WORK]
    fields = [
        "staff",
        *OPEN,
        "status",
        "submitted_at",
        "decided_by",
        "decided_at",
        "rejection_reason",
        "started_at",
        "ended_at",
        "rate",
        "currency",
        "amount",
        "invoice_line",
        "created_by",
        "created_at",
        "updated_at",
    ]
    actions = ["approve", "unapprove"]

    def get_readonly_fields(self, request, obj=None):
        """The person and the price follow from the operation; locked time shows and no more."""
        if obj is None:
            return [name for name in self.fields if name not in {"staff", *OPEN}]
        if obj.is_locked:
            return self.fields
        return [name for name in self.fields if name not in OPEN]

    def has_delete_permission(self, request, obj=None) -> bool:
        """Whoever may write time may remove it, as everywhere, while it is open."""
        return self.has_change_permission(request, obj) and not (obj and obj.is_locked)

    def values_of(self, form) -> dict:
        """Records by their ids, as the operations take them."""
        values = super().values_of(form)
        by_id = {f"{name}_id": values.pop(name) for name in ("staff", *WORK) if name in values}
        return values | {name: record and record.pk for name, record in by_id.items()}

    def write(self, form, *, by):
        try:
            return super().write(form, by=by)
        except BusinessError as error:
            error.field = error.field and error.field.removesuffix("_id")
            raise

    @admin.action(permissions=["change"], description="Approve the selected time entries")
    def approve(self, request, queryset):
        run_on_all(request, queryset, operations.approve, "approved")

    @admin.action(permissions=["change"], description="Take back the approval of the selected")
    def unapprove(self, request, queryset):
        run_on_all(request, queryset, operations.unapprove, "taken back")

"""Tasks in the admin, with who does them."""

from django.contrib import admin

from agency.records.looking import LookOnly, run_on_all
from crm.office_admin import OfficeAdmin, OfficeInline, people_in
from crm.tasks import operations
from crm.tasks.models import Task, TaskAssignee


class AssigneeInline(OfficeInline):
    model = TaskAssignee

    @staticmethod
    def write(formset, parent, *, by) -> None:
        operations.assign(parent, people_in(formset), by=by)


@admin.register(Task)
class TaskAdmin(OfficeAdmin):
    operations = operations
    list_display = ["title", "project", "customer", "status", "priority", "due_on"]
    list_filter = ["status", "priority", "is_billable", "due_on"]
    list_select_related = ["project", "customer"]
    search_fields = ["title", "project__name", "customer__name"]
    date_hierarchy = "due_on"
    autocomplete_fields = ["project", "milestone"]
    fields = [
        "title",
        "project",
        "milestone",
        "status",
        "priority",
        "start_on",
        "due_on",
        "estimated_minutes",
        "is_billable",
        "hourly_rate",
        "is_public",
        "visible_to_client",
        "description",
        "subject_type",
        "subject_id",
        "customer",
        "finished_at",
        "created_by",
        "created_at",
        "updated_at",
    ]
    readonly_fields = [
        "subject_type",
        "subject_id",
        "customer",
        "finished_at",
        "created_by",
        "created_at",
        "updated_at",
    ]
    inlines = [AssigneeInline]
    actions = ["complete"]

    def values_of(self, form) -> dict:
        """The project is what the task belongs to."""
        values = super().values_of(form)
        if "project" in values:
            values["subject"] = values.pop("project")
        return values

    @admin.action(permissions=["change"], description="Complete the selected tasks")
    def complete(self, request, queryset):
        run_on_all(request, queryset, operations.complete, "completed")


@admin.register(TaskAssignee)
class TaskAssigneeAdmin(LookOnly):
    """Who does what; people are assigned on the task."""

    list_display = ["task", "staff", "assigned_at"]
    list_filter = ["staff"]
    list_select_related = ["task", "staff"]
    search_fields = ["task__title", "staff__first_name", "staff__last_name"]

    def get_queryset(self, request):
        seen = Task.objects.visible_to(request.user).order_by().values("pk")
        return super().get_queryset(request).filter(task__in=seen)

"""Projects in the admin, with their team and milestones."""

from django.contrib import admin

from agency.records.looking import LookOnly, run_on_all
from crm.office_admin import OfficeAdmin, OfficeInline, people_in, write_rows
from crm.projects import milestones, operations
from crm.projects.models import Milestone, Project, ProjectMember


class MemberInline(OfficeInline):
    model = ProjectMember

    @staticmethod
    def write(formset, parent, *, by) -> None:
        operations.set_members(parent, people_in(formset), by=by)


class MilestoneInline(OfficeInline):
    model = Milestone
    fields = ["position", "name", "due_on", "description", "completed_at"]
    readonly_fields = ["completed_at"]

    def has_delete_permission(self, request, obj=None) -> bool:
        return self.has_change_permission(request, obj)

    @staticmethod
    def write(formset, parent, *, by) -> None:
        write_rows(formset, milestones, by=by, project=parent)


@admin.register(Project)
class ProjectAdmin(OfficeAdmin):
    operations = operations
    list_display = ["name", "customer", "status", "billing_type", "owner", "deadline_on"]
    list_filter = ["status", "billing_type", "owner"]
    list_select_related = ["customer", "owner"]
    search_fields = ["name", "customer__name"]
    date_hierarchy = "deadline_on"
    autocomplete_fields = ["customer"]
    exclude = ["members"]
    readonly_fields = ["archived_at", "created_by", "created_at", "updated_at"]
    inlines = [MemberInline, MilestoneInline]
    actions = ["archive", "unarchive"]

    @admin.action(permissions=["change"], description="Archive the selected projects")
    def archive(self, request, queryset):
        run_on_all(request, queryset, operations.archive, "archived")

    @admin.action(permissions=["change"], description="Take the selected projects back")
    def unarchive(self, request, queryset):
        run_on_all(request, queryset, operations.unarchive, "taken back")


@admin.register(Milestone)
class MilestoneAdmin(OfficeAdmin):
    operations = milestones
    list_display = ["name", "project", "due_on", "completed_at"]
    list_filter = ["due_on"]
    list_select_related = ["project"]
    search_fields = ["name", "project__name"]
    autocomplete_fields = ["project"]
    readonly_fields = ["completed_at", "created_at", "updated_at"]

    def get_readonly_fields(self, request, obj=None):
        return [*self.readonly_fields, "project"] if obj else self.readonly_fields

    def has_delete_permission(self, request, obj=None) -> bool:
        """A milestone is a part of its project: whoever may change that may take it away."""
        return self.has_change_permission(request, obj)


@admin.register(ProjectMember)
class ProjectMemberAdmin(LookOnly):
    """Who works on what; the team is changed on its project."""

    list_display = ["project", "staff"]
    list_filter = ["staff"]
    list_select_related = ["project", "staff"]
    search_fields = ["project__name", "staff__first_name", "staff__last_name"]

    def get_queryset(self, request):
        seen = Project.objects.visible_to(request.user).order_by().values("pk")
        return super().get_queryset(request).filter(project__in=seen)

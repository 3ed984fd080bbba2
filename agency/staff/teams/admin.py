from types import SimpleNamespace

from django.contrib import admin
from django.db.models import Count

from agency.reference.adminforms import OperationAdmin
from agency.staff.models import Department, Team
from agency.staff.teams import operations


@admin.register(Department)
class DepartmentAdmin(OperationAdmin):
    operations = SimpleNamespace(
        create=operations.create_department,
        update=operations.update_department,
        delete=operations.delete_department,
    )
    write_level = "manage"
    list_display = ["name", "email", "people"]
    search_fields = ["name", "email"]

    def get_queryset(self, request):
        return super().get_queryset(request).annotate(people=Count("members"))

    @admin.display(ordering="people")
    def people(self, department) -> int:
        return department.people


@admin.register(Team)
class TeamAdmin(OperationAdmin):
    operations = SimpleNamespace(
        create=operations.create_team,
        update=operations.update_team,
        delete=operations.delete_team,
    )
    write_level = "manage"
    list_display = ["name", "lead", "people"]
    list_filter = [("lead", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["lead"]
    search_fields = ["name", "lead__first_name", "lead__last_name", "members__first_name"]
    autocomplete_fields = ["lead", "members"]

    def get_queryset(self, request):
        return super().get_queryset(request).annotate(people=Count("members", distinct=True))

    @admin.display(ordering="people")
    def people(self, team) -> int:
        return team.people

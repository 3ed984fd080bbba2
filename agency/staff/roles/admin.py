from django import forms
from django.contrib import admin
from django.db.models import Count

from agency.reference.adminforms import OperationAdmin
from agency.staff.access import NONE, held_level
from agency.staff.models import Role
from agency.staff.roles import operations
from agency.staff.roles.forms import CHOICES, ROWS
from agency.ui.forms import OfficeModelForm

LEVELS = {f"level_{'rest' if row == '*' else row}": row for row in ROWS}


class GrantsForm(OfficeModelForm):
    """A role with one choice per tool in place of its stored grants."""

    class Meta:
        model = Role
        fields = ["name", "scope", "position"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name, row in LEVELS.items():
            if name in self.fields:
                self.fields[name].initial = held_level(self.instance.grants, row) or NONE


for _name, _row in LEVELS.items():
    _field = forms.ChoiceField(choices=CHOICES, label=ROWS[_row], initial=NONE)
    GrantsForm.base_fields[_name] = GrantsForm.declared_fields[_name] = _field


@admin.register(Role)
class RoleAdmin(OperationAdmin):
    """Roles and what they grant."""

    operations = operations
    write_level = "manage"
    form = GrantsForm
    list_display = ["name", "key", "scope", "people", "granted"]
    list_filter = ["scope"]
    search_fields = ["name", "key"]
    fieldsets = [
        (None, {"fields": ["name", "scope", "position"]}),
        ("May do", {"fields": list(LEVELS)}),
    ]

    def get_queryset(self, request):
        return super().get_queryset(request).annotate(people=Count("holders"))

    @admin.display(ordering="people")
    def people(self, role) -> int:
        return role.people

    @admin.display(description="Grants")
    def granted(self, role) -> str:
        return ", ".join(f"{tool}:{level}" for tool, level in role.grants.items())

    def get_fieldsets(self, request, obj=None):
        """A new role stands last."""
        if obj:
            return self.fieldsets
        return [(None, {"fields": ["name", "scope"]}), self.fieldsets[1]]

    def values_of(self, form, *, change: bool) -> dict:
        values = super().values_of(form, change=change)
        levels = {name for name in values if name in LEVELS}
        if levels:
            values["grants"] = {row: form.cleaned_data[name] for name, row in LEVELS.items()}
        return {name: value for name, value in values.items() if name not in levels}

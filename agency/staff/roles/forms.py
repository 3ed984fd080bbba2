"""The matrix of roles as one form, and the form of a role's name."""

from django import forms

from agency.staff.access import LEVELS, NONE, TOOLS, held_level
from agency.staff.roles.models import Role
from agency.staff.roles.rights import EVERY_TOOL
from agency.staff.scope import ALL, OWN, TEAM
from agency.ui.forms import OfficeForm

CHOICES = [(NONE, "–"), *((level, level.capitalize()) for level in LEVELS)]
ROWS = {**TOOLS, EVERY_TOOL: "Everything else"}
SCOPE = "scope"
SCOPES = [(OWN, "Own"), (TEAM, "Own and teams'"), (ALL, "All")]


def field_name(role: Role, row: str) -> str:
    return f"role-{role.pk}-{'rest' if row == EVERY_TOOL else row}"


class MatrixForm(OfficeForm):
    """A level for every tool of every role, and how far each role sees.

    Each field carries what it showed: only cells that somebody changed here are written, so that
    two people can work on the matrix at once.
    """

    def __init__(self, *args, roles, may_edit: bool, **kwargs):
        super().__init__(*args, **kwargs)
        self.roles = list(roles)
        for role in self.roles:
            for row, words in ROWS.items():
                held = held_level(role.grants, row) or NONE
                self._add(role, row, CHOICES, held, f"{role}: {words}", may_edit=may_edit)
            self._add(role, SCOPE, SCOPES, role.scope, f"{role}: sees", may_edit=may_edit)

    def _add(self, role, row, choices, initial, label, *, may_edit) -> None:
        field = forms.ChoiceField(
            choices=choices,
            initial=initial,
            label=label,
            show_hidden_initial=True,
            disabled=not may_edit,
        )
        field.widget.attrs["aria-label"] = label
        self.fields[field_name(role, row)] = field

    def rows(self) -> list[tuple]:
        """The table: (key, label, the cells in the order of the roles)."""
        return [
            (row, label, [self.cell(role, row) for role in self.roles])
            for row, label in {**ROWS, SCOPE: "Sees records"}.items()
        ]

    def cell(self, role: Role, row: str) -> dict:
        """One cell: the field, what it showed, and that in words for those who only read."""
        bound = self[field_name(role, row)]
        return {
            "bound": bound,
            "shown": bound.as_hidden(only_initial=True),
            "words": dict(bound.field.choices)[bound.initial],
        }

    def changes(self) -> list[tuple[Role, dict]]:
        """What each role becomes, for the roles whose cells were changed."""
        found = ((role, self._changed(role)) for role in self.roles)
        return [(role, values) for role, values in found if values]

    def _changed(self, role: Role) -> dict:
        moved = {row for row in (*ROWS, SCOPE) if field_name(role, row) in self.changed_data}
        typed = {row: self.cleaned_data[field_name(role, row)] for row in moved}
        values = {SCOPE: typed.pop(SCOPE)} if SCOPE in typed else {}
        if typed:
            known = {row: held_level(role.grants, row) or NONE for row in ROWS}
            values["grants"] = known | typed
        return values


class RoleForm(OfficeForm):
    """The name of a role."""

    name = forms.CharField(max_length=60)


class NewRoleForm(RoleForm):
    """A role that starts as another one is, or empty."""

    like = forms.ModelChoiceField(
        Role.objects, required=False, label="Start with the rights of", empty_label="Nothing"
    )

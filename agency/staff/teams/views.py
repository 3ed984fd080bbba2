"""The lists of teams and departments, and their forms."""

from django.db.models import Count
from django.urls import reverse

from agency.reference.drawing import SettingsList
from agency.staff.models import Department, Team
from agency.staff.teams import operations as teams
from agency.staff.teams.forms import DepartmentForm, TeamForm
from agency.ui.views import (
    BulkAction,
    Column,
    OperationFormView,
    RecordFormView,
)

CRUMBS = [("Settings", "settings"), ("Teams", "team-list")]
DEPARTMENTS = [("Settings", "settings"), ("Departments", "department-list")]


def member_names(team: Team) -> str:
    return ", ".join(str(person) for person in team.members.all())


class TeamList(SettingsList):
    tool, title, noun, sort = "staff", "Teams", "teams", ""
    crumbs = [("Settings", "settings")]
    edit_url = "team-edit"
    edit_level = "manage"
    queryset = Team.objects.select_related("lead").prefetch_related("members")
    create_url, create_label, create_dialog = "team-new", "New team", True
    create_level = "manage"
    empty_icon, empty_title = "users-round", "No teams yet"
    empty_text = "A lead whose role says so sees what the members of the team work on."
    columns = [
        Column(
            name="name",
            label="Team",
            sort="name",
            phone="title",
            fixed=True,
        ),
        Column(name="lead", label="Lead", kind="person", sort="lead__first_name", phone="value"),
        Column(name="members", label="Members", value=member_names, clip=True, phone="sub"),
    ]
    bulk_actions = [
        BulkAction(
            key="delete",
            label="Delete",
            icon="trash-2",
            level="manage",
            danger=True,
            run=teams.delete_team,
            done="deleted",
            confirm="The people stay.",
        )
    ]


class NewTeam(OperationFormView):
    tool, level, title, submit_label = "staff", "manage", "New team", "Make team"
    form_class, crumbs, success_message = TeamForm, CRUMBS, "The team “{result}” is made."

    def perform(self, form):
        return teams.create_team(by=self.request.user, **form.cleaned_data)

    def success_url(self, result) -> str:
        return reverse("team-list")


class EditTeam(RecordFormView):
    tool, level, title, form_class = "staff", "manage", "Team", TeamForm
    queryset, crumbs, success_message = Team.objects, CRUMBS, "The team “{result}” is saved."

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"instance": self.record}

    def get_initial(self):
        return {}

    def perform(self, form):
        return teams.update_team(self.record, by=self.request.user, **form.cleaned_data)

    def success_url(self, result) -> str:
        return reverse("team-list")


class DepartmentList(SettingsList):
    tool, title, noun, sort = "staff", "Departments", "departments", ""
    crumbs = [("Settings", "settings")]
    edit_url = "department-edit"
    edit_level = "manage"
    queryset = Department.objects.annotate(people=Count("members")).order_by("name")
    create_url, create_label, create_dialog = "department-new", "New department", True
    create_level = "manage"
    empty_icon, empty_title = "network", "No departments yet"
    empty_text = "Departments say what people do, such as Design or Development."
    columns = [
        Column(
            name="name",
            label="Department",
            sort="name",
            phone="title",
            fixed=True,
        ),
        Column(name="email", label="E-mail", clip=True, phone="sub"),
        Column(name="people", label="People", kind="number", sort="people", phone="value"),
    ]
    bulk_actions = [
        BulkAction(
            key="delete",
            label="Delete",
            icon="trash-2",
            level="manage",
            danger=True,
            run=teams.delete_department,
            done="deleted",
            confirm="The people stay.",
        )
    ]


class NewDepartment(OperationFormView):
    tool, level, title, submit_label = "staff", "manage", "New department", "Make department"
    form_class, crumbs = DepartmentForm, DEPARTMENTS
    success_message = "The department “{result}” is made."

    def perform(self, form):
        return teams.create_department(by=self.request.user, **form.cleaned_data)

    def success_url(self, result) -> str:
        return reverse("department-list")


class EditDepartment(RecordFormView):
    tool, level, title, form_class = "staff", "manage", "Department", DepartmentForm
    queryset, crumbs = Department.objects, DEPARTMENTS
    success_message = "The department “{result}” is saved."

    def perform(self, form):
        return teams.update_department(self.record, by=self.request.user, **form.cleaned_data)

    def success_url(self, result) -> str:
        return reverse("department-list")

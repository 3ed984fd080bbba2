"""The pages of people, their rights, their keys and their sign-in."""

from django.urls import include, path

from agency.staff.audit import views as audit
from agency.staff.credentials import views as credentials
from agency.staff.people import editing, record
from agency.staff.people import views as people
from agency.staff.roles import views as roles
from agency.staff.teams import views as teams

PERSON = "settings/staff/<int:pk>"

urlpatterns = [
    path("", include("agency.staff.signin.urls")),
    path("settings/profile", editing.Profile.as_view(), name="profile"),
    path("settings/staff", people.StaffList.as_view(), name="staff-list"),
    path("settings/staff/new", editing.NewStaff.as_view(), name="staff-new"),
    path(PERSON, record.StaffPage.as_view(), name="staff-page"),
    path(f"{PERSON}/edit", editing.EditStaff.as_view(), name="staff-edit"),
    path(f"{PERSON}/password", editing.SetPassword.as_view(), name="staff-password"),
    path(f"{PERSON}/invite", editing.Invite.as_view(), name="staff-invite"),
    path(f"{PERSON}/deactivate", editing.Deactivate.as_view(), name="staff-deactivate"),
    path(f"{PERSON}/activate", editing.Activate.as_view(), name="staff-activate"),
    path(f"{PERSON}/codes-off", editing.CodesOff.as_view(), name="staff-codes-off"),
    path(f"{PERSON}/delete", editing.DeleteStaff.as_view(), name="staff-delete"),
    path("settings/roles", roles.RoleMatrix.as_view(), name="role-list"),
    path("settings/roles/new", roles.NewRole.as_view(), name="role-new"),
    path("settings/roles/<int:pk>", roles.EditRole.as_view(), name="role-edit"),
    path("settings/roles/<int:pk>/delete", roles.DeleteRole.as_view(), name="role-delete"),
    path("settings/teams", teams.TeamList.as_view(), name="team-list"),
    path("settings/teams/new", teams.NewTeam.as_view(), name="team-new"),
    path("settings/teams/<int:pk>", teams.EditTeam.as_view(), name="team-edit"),
    path("settings/departments", teams.DepartmentList.as_view(), name="department-list"),
    path("settings/departments/new", teams.NewDepartment.as_view(), name="department-new"),
    path("settings/departments/<int:pk>", teams.EditDepartment.as_view(), name="department-edit"),
    path("settings/keys", credentials.KeyList.as_view(), name="key-list"),
    path("settings/keys/new", credentials.NewKey.as_view(), name="key-new"),
    path("settings/audit", audit.AuditLog.as_view(), name="audit-log"),
]

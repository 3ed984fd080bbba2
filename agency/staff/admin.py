"""The admin of the slices, and of what the sign-in library would show beside them."""

from allauth.account.models import EmailAddress, EmailConfirmation
from allauth.mfa.models import Authenticator
from django.contrib import admin
from django.contrib.auth.models import Group

from agency.staff.credentials.admin import ApiKeyAdmin
from agency.staff.people.admin import StaffAdmin
from agency.staff.roles.admin import RoleAdmin
from agency.staff.teams.admin import DepartmentAdmin, TeamAdmin

__all__ = ["ApiKeyAdmin", "DepartmentAdmin", "RoleAdmin", "StaffAdmin", "TeamAdmin"]

# Rights come from roles, addresses from the staff record, second factors from the person.
for model in (Group, EmailAddress, EmailConfirmation, Authenticator):
    if admin.site.is_registered(model):
        admin.site.unregister(model)

admin.site.site_header = admin.site.site_title = "Agency"
admin.site.index_title = "Configuration and support"

"""The people of the agency, what they may do, and the keys they hand to programs."""

from agency.staff.credentials.models import ApiKey
from agency.staff.people.models import Staff
from agency.staff.roles.models import Role
from agency.staff.teams.models import Department, Team

__all__ = ["ApiKey", "Department", "Role", "Staff", "Team"]

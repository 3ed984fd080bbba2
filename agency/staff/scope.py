"""Which rows a person sees: their own, their teams', or all.

A queryset says in ``touching`` which rows belong to a set of people; ``visible_to`` asks the
person's role how far that set reaches. Every list, look-up and id in a body starts from it.
"""

from django.apps import apps
from django.db.models import Q, QuerySet

from agency.reference.shared import SharedQuerySet

__all__ = [
    "ALL",
    "OWN",
    "TEAM",
    "ScopedQuerySet",
    "SharedQuerySet",
    "people_in_reach",
    "sees_all",
]

OWN, TEAM, ALL = "own", "team", "all"


def sees_all(staff) -> bool:
    return staff.role_id is not None and staff.role.scope == ALL


def people_in_reach(staff) -> QuerySet:
    """The ids of those whose records ``staff`` sees: themselves, and the teams that they lead."""
    members = apps.get_model("staff", "Staff").objects
    reach = Q(pk=staff.pk)
    if staff.role_id is not None and staff.role.scope == TEAM:
        reach |= Q(teams__lead=staff.pk)
    return members.filter(reach).values("pk")


class ScopedQuerySet(QuerySet):
    """A queryset of records that belong to people."""

    def touching(self, people) -> Q:
        """The condition for rows that ``people`` (a queryset of ids) own or take part in."""
        raise NotImplementedError

    def visible_to(self, staff):
        """The rows that ``staff`` may see."""
        if sees_all(staff):
            return self
        return self.filter(self.touching(people_in_reach(staff)))

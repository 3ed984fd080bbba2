"""Roles: what their holders may do, and how far they see."""

from django.db import models

from agency.staff.scope import ALL, OWN, TEAM, SharedQuerySet

SHIPPED = ("executive", "head", "manager", "lead", "employee")


class Role(models.Model):
    """A set of grants and the rows they reach. Five are shipped; all can be edited.

    ``grants`` holds a level per tool; the tool ``*`` stands for all that are not named.
    """

    tool = "staff"
    subject_name = "role"

    class Scope(models.TextChoices):
        OWN = OWN, "Own records"
        TEAM = TEAM, "Own and led teams' records"
        ALL = ALL, "All records"

    key = models.SlugField(max_length=40, unique=True)
    name = models.CharField(max_length=60, unique=True)
    grants = models.JSONField(default=dict, blank=True)
    scope = models.CharField(max_length=4, choices=Scope, default=Scope.OWN)
    position = models.PositiveSmallIntegerField(default=0)

    objects = SharedQuerySet.as_manager()

    class Meta:
        ordering = ["position", "name"]

    def __str__(self) -> str:
        return self.name

    @property
    def is_shipped(self) -> bool:
        return self.key in SHIPPED

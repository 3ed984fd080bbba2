"""Departments and teams."""

from django.db import models

from agency.staff.scope import SharedQuerySet


class Department(models.Model):
    """A part of the agency, such as Design."""

    tool = "staff"
    subject_name = "department"

    name = models.CharField(max_length=100, unique=True)
    email = models.EmailField("e-mail", blank=True)

    objects = SharedQuerySet.as_manager()

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Team(models.Model):
    """People who work under one lead; a manager sees the records of the teams they lead."""

    tool = "staff"
    subject_name = "team"

    name = models.CharField(max_length=100, unique=True)
    lead = models.ForeignKey(
        "staff.Staff", on_delete=models.PROTECT, null=True, blank=True, related_name="led_teams"
    )
    members = models.ManyToManyField("staff.Staff", blank=True, related_name="teams")

    objects = SharedQuerySet.as_manager()

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

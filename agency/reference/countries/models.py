"""The countries of addresses."""

from django.db import models

from agency.reference.shared import SharedQuerySet


class Country(models.Model):
    """A country or territory of ISO 3166-1."""

    tool = "settings"
    subject_name = "country"

    alpha2 = models.CharField(max_length=2, unique=True)
    alpha3 = models.CharField(max_length=3, unique=True)
    name = models.CharField(max_length=80)
    long_name = models.CharField(max_length=120)
    calling_code = models.CharField(max_length=4, blank=True, help_text="Without the plus sign")

    objects = SharedQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        verbose_name_plural = "countries"

    def __str__(self) -> str:
        return self.name

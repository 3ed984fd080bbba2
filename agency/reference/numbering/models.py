"""Document numbers: a format per series, a counter per series and year."""

from django.db import models

from agency.reference.numbering import patterns
from agency.reference.shared import SharedQuerySet


class NumberSeries(models.Model):
    """A run of document numbers, such as INV-2026-00001, INV-2026-00002 and so on."""

    tool = "settings"
    subject_name = "number_series"

    key = models.SlugField(max_length=30, unique=True)
    name = models.CharField(max_length=60)
    pattern = models.CharField(max_length=40, validators=[patterns.usable])

    objects = SharedQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        verbose_name_plural = "number series"

    def __str__(self) -> str:
        return self.name

    @property
    def is_yearly(self) -> bool:
        return patterns.is_yearly(self.pattern)


class NumberCounter(models.Model):
    """The last number given in a series and year (0 where the series has no years)."""

    tool = "settings"
    series = models.ForeignKey(NumberSeries, on_delete=models.CASCADE, related_name="counters")
    year = models.PositiveSmallIntegerField(default=0)
    last = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["series", "-year"]
        constraints = [
            models.UniqueConstraint(fields=["series", "year"], name="one_counter_a_year")
        ]

    def __str__(self) -> str:
        return f"{self.series} {self.year or ''}: {self.last}"

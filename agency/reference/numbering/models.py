"""Document numbers: a format per series, a counter per series and year."""

from django.core.exceptions import ValidationError
from django.db import models


def usable_pattern(pattern: str) -> None:
    """Refuse a pattern without ``{seq}``; with ``{year}`` numbers start again each year."""
    try:
        first, second = (pattern.format(year=2026, seq=seq) for seq in (1, 2))
    except (KeyError, IndexError, ValueError, AttributeError) as error:
        raise ValidationError("Use {seq}, {seq:05} and {year} only.") from error
    if first == second:
        raise ValidationError("The pattern must contain {seq}.")


class NumberSeries(models.Model):
    """A run of document numbers, such as INV-2026-00001, INV-2026-00002, …"""

    tool = "settings"
    key = models.SlugField(max_length=30, unique=True)
    name = models.CharField(max_length=60)
    pattern = models.CharField(max_length=40, validators=[usable_pattern])

    class Meta:
        verbose_name_plural = "number series"

    def __str__(self) -> str:
        return self.name

    @property
    def is_yearly(self) -> bool:
        return "{year" in self.pattern


class NumberCounter(models.Model):
    """The last number given in a series and year (0 where the series has no years)."""

    tool = "settings"
    series = models.ForeignKey(NumberSeries, on_delete=models.CASCADE, related_name="counters")
    year = models.PositiveSmallIntegerField(default=0)
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["series", "year"], name="one_counter_a_year")
        ]

    def __str__(self) -> str:
        return f"{self.series} {self.year}: {self.last}"

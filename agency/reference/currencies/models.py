"""Currencies and their rates by date."""

from django.db import models
from django.urls import reverse

from agency import money
from agency.reference.shared import SharedQuerySet


class Currency(models.Model):
    """A currency that the agency trades in; its decimals come from ISO 4217."""

    tool = "settings"
    subject_name = "currency"

    code = models.CharField(max_length=3, unique=True)
    name = models.CharField(max_length=80)
    symbol = models.CharField(max_length=8, blank=True)
    decimal_separator = models.CharField(max_length=1, default=".")
    thousand_separator = models.CharField(max_length=1, default=",")
    is_active = models.BooleanField("in use", default=True)

    objects = SharedQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        verbose_name_plural = "currencies"

    def __str__(self) -> str:
        return self.code

    def get_absolute_url(self) -> str:
        return reverse("currency-page", args=[self.pk])

    @property
    def decimals(self) -> int:
        return money.decimals(self.code)


class ExchangeRateQuerySet(SharedQuerySet):
    def known_on(self, code: str, on):
        """The rates of a currency from that day back, newest first."""
        return self.filter(currency__code=code, on__lte=on).order_by("-on")


class ExchangeRate(models.Model):
    """How much of the base currency one unit of another bought on a day."""

    tool = "settings"
    subject_name = "exchange_rate"

    currency = models.ForeignKey(Currency, on_delete=models.CASCADE, related_name="rates")
    on = models.DateField()
    rate = models.DecimalField(max_digits=18, decimal_places=8)
    source = models.CharField(max_length=60, default="entered")

    objects = ExchangeRateQuerySet.as_manager()

    class Meta:
        ordering = ["-on", "currency"]
        constraints = [
            models.UniqueConstraint(fields=["currency", "on"], name="one_rate_a_day"),
            models.CheckConstraint(
                condition=models.Q(rate__gt=0),
                name="rate_is_positive",
                violation_error_message="A rate is more than 0.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.currency} on {self.on}"

    @property
    def shown(self) -> str:
        """The rate without trailing zeros."""
        return f"{self.rate.normalize():f}"

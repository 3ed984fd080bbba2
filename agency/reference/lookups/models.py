"""Small tables that documents choose from."""

from django.db import models


class Tax(models.Model):
    """A rate of tax. ``code`` is what accounts know it by, such as OUTPUT in Australia."""

    tool = "settings"
    code = models.CharField(max_length=30, unique=True)
    name = models.CharField(max_length=80)
    rate = models.DecimalField(max_digits=7, decimal_places=4, help_text="A fraction: 0.10 is 10 %")
    is_default = models.BooleanField(default=False)
    is_active = models.BooleanField(default=True)

    class Meta:
        ordering = ["pk"]
        verbose_name_plural = "taxes"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(rate__gte=0, rate__lt=1), name="tax_rate_is_a_fraction"
            )
        ]

    def __str__(self) -> str:
        return self.name


class PaymentMode(models.Model):
    """How money arrives: bank transfer, card, cash."""

    tool = "settings"
    name = models.CharField(max_length=60, unique=True)
    description = models.CharField(max_length=200, blank=True)
    is_active = models.BooleanField(default=True)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.name


class Country(models.Model):
    """A country or territory of ISO 3166-1."""

    tool = "settings"
    alpha2 = models.CharField(max_length=2, unique=True)
    alpha3 = models.CharField(max_length=3, unique=True)
    name = models.CharField(max_length=80)
    long_name = models.CharField(max_length=120)
    calling_code = models.CharField(max_length=12, blank=True)

    class Meta:
        ordering = ["name"]
        verbose_name_plural = "countries"

    def __str__(self) -> str:
        return self.name

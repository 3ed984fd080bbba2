"""The agency's own particulars: one row."""

import zoneinfo

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator
from django.db import models

from agency.reference.organisation import abn
from agency.reference.shared import SharedQuerySet


def known_zone(name: str) -> None:
    if name not in zoneinfo.available_timezones():
        raise ValidationError("This is not a time zone.")


class Organisation(models.Model):
    """Who sends the invoices, in which zone and currency, on what terms."""

    tool = "settings"
    subject_name = "organisation"

    name = models.CharField(max_length=200, default="Your agency")
    legal_name = models.CharField(max_length=200, blank=True)
    abn = models.CharField("ABN", max_length=20, blank=True, validators=[abn.validate])
    is_tax_registered = models.BooleanField("registered for GST", default=True)
    email = models.EmailField(blank=True)
    phone = models.CharField(max_length=40, blank=True)
    website = models.CharField(max_length=200, blank=True)
    address = models.CharField(max_length=200, blank=True)
    city = models.CharField(max_length=100, blank=True)
    state = models.CharField(max_length=100, blank=True)
    postcode = models.CharField(max_length=20, blank=True)
    country = models.CharField(max_length=2, default="AU")
    logo = models.ImageField(upload_to="organisation", blank=True)
    bank_name = models.CharField(max_length=100, blank=True)
    bank_account_name = models.CharField(max_length=100, blank=True)
    bank_bsb = models.CharField("BSB", max_length=20, blank=True)
    bank_account_number = models.CharField(max_length=40, blank=True)
    base_currency = models.CharField(max_length=3, default="AUD")
    time_zone = models.CharField(max_length=60, default="Australia/Sydney", validators=[known_zone])
    payment_terms_days = models.PositiveSmallIntegerField(
        "payment terms", default=14, validators=[MaxValueValidator(365)], help_text="Days"
    )
    invoice_text = models.TextField(blank=True, max_length=4000)
    locked_before = models.DateField(
        null=True,
        blank=True,
        help_text="Money and approved time dated before this day can no longer change",
    )
    updated_at = models.DateTimeField(auto_now=True)

    objects = SharedQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "organisation"
        constraints = [models.CheckConstraint(condition=models.Q(pk=1), name="one_organisation")]

    def __str__(self) -> str:
        return self.name

    @property
    def zone(self) -> zoneinfo.ZoneInfo:
        return zoneinfo.ZoneInfo(self.time_zone)

"""How money arrives."""

from django.db import models

from agency.reference.shared import SharedQuerySet


class PaymentMode(models.Model):
    """A way to pay: bank transfer, card, cash."""

    tool = "settings"
    subject_name = "payment_mode"

    name = models.CharField(max_length=60, unique=True)
    description = models.CharField(max_length=200, blank=True)
    is_active = models.BooleanField("in use", default=True)

    objects = SharedQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.name

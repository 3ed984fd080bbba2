"""The rates of tax that lines choose from."""

from django.db import models
from django.db.models import Q

from agency.reference.shared import SharedQuerySet


class Tax(models.Model):
    """A rate of tax. ``code`` is what accounts know it by, such as OUTPUT in Australia."""

    tool = "settings"
    subject_name = "tax"

    code = models.SlugField(max_length=30, unique=True)
    name = models.CharField(max_length=80)
    rate = models.DecimalField(max_digits=7, decimal_places=4, help_text="A fraction: 0.10 is 10 %")
    is_default = models.BooleanField("used where a line names none", default=False)
    is_active = models.BooleanField("in use", default=True)

    objects = SharedQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        verbose_name_plural = "taxes"
        constraints = [
            models.CheckConstraint(
                condition=Q(rate__gte=0, rate__lt=1),
                name="tax_rate_is_a_fraction",
                violation_error_message="A rate is at least 0 and less than 1 (100 %%).",
            ),
            models.UniqueConstraint(
                fields=["is_default"], condition=Q(is_default=True), name="one_default_tax"
            ),
        ]

    def __str__(self) -> str:
        return self.name

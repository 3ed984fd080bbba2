"""The people of the agency."""

from django.contrib.auth.base_user import AbstractBaseUser
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils import timezone

from agency.reference.organisation.models import known_zone
from agency.sql import MoneyField
from agency.staff import access
from agency.staff.people.querysets import StaffManager

MINUTES_A_WEEK = 7 * 24 * 60


class Staff(AbstractBaseUser):
    """A person who works at the agency and signs in with an e-mail address.

    Rights come from the role alone: there are no groups, no permissions of one person, and nobody
    who may do everything regardless.
    """

    tool = "staff"
    subject_name = "staff"

    email = models.EmailField("e-mail", max_length=200, unique=True)
    first_name = models.CharField(max_length=80)
    last_name = models.CharField(max_length=80, blank=True)
    title = models.CharField(max_length=80, blank=True)
    phone = models.CharField(max_length=40, blank=True)
    role = models.ForeignKey(
        "staff.Role", on_delete=models.PROTECT, null=True, blank=True, related_name="holders"
    )
    departments = models.ManyToManyField("staff.Department", blank=True, related_name="members")
    hourly_rate = MoneyField(
        null=True,
        blank=True,
        validators=[MinValueValidator(0)],
        help_text="Billing rate, used where no line, service or project has one",
    )
    weekly_minutes = models.PositiveIntegerField(
        default=2280, validators=[MaxValueValidator(MINUTES_A_WEEK)], help_text="38 hours are 2280"
    )
    time_zone = models.CharField(max_length=60, blank=True, validators=[known_zone])
    is_active = models.BooleanField("active", default=True)
    is_staff = models.BooleanField("opens the admin", default=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    updated_at = models.DateTimeField(auto_now=True)

    objects = StaffManager()

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = ["first_name"]

    class Meta:
        ordering = ["first_name", "last_name", "pk"]
        verbose_name_plural = "staff"
        constraints = [models.UniqueConstraint(Lower("email"), name="staff_email_unique")]

    def __str__(self) -> str:
        return self.get_full_name() or self.email

    def get_full_name(self) -> str:
        return f"{self.first_name} {self.last_name}".strip()

    def get_short_name(self) -> str:
        return self.first_name

    @property
    def initials(self) -> str:
        return (self.first_name[:1] + self.last_name[:1]).upper() or self.email[:2].upper()

    def get_absolute_url(self) -> str:
        return reverse("staff-page", args=[self.pk])

    def has_perm(self, perm: str, obj=None) -> bool:
        """Whether this person holds ``invoices:update``, or the admin's ``billing.add_invoice``."""
        return access.allows(self, perm)

    def has_perms(self, perms, obj=None) -> bool:
        return all(self.has_perm(perm) for perm in perms)

    def has_module_perms(self, app_label: str) -> bool:
        """Whether anything of an app, or of a tool, is open to this person."""
        return access.opens(self, app_label)

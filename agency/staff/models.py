"""The people of the agency, what they may do, and the keys they hand to programs."""

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone

from agency.sql import MoneyField
from agency.staff.scope import SharedQuerySet


class Department(models.Model):
    """A part of the agency, such as Design."""

    tool = "staff"
    name = models.CharField(max_length=100, unique=True)
    email = models.EmailField(blank=True)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Role(models.Model):
    """A set of grants and the rows they reach. Five are shipped; all can be edited."""

    tool = "staff"

    class Scope(models.TextChoices):
        OWN = "own", "Own records"
        TEAM = "team", "Own and led teams' records"
        ALL = "all", "All records"

    key = models.SlugField(max_length=40, unique=True)
    name = models.CharField(max_length=60, unique=True)
    grants = models.JSONField(default=dict, blank=True)
    scope = models.CharField(max_length=4, choices=Scope, default=Scope.OWN)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "name"]

    def __str__(self) -> str:
        return self.name


class StaffQuerySet(SharedQuerySet):
    def active(self):
        return self.filter(is_active=True)

    def matching(self, text: str):
        return self.filter(
            models.Q(first_name__icontains=text)
            | models.Q(last_name__icontains=text)
            | models.Q(email__icontains=text)
        )


class StaffManager(BaseUserManager.from_queryset(StaffQuerySet)):
    """Creates people with a normalised, lower-case e-mail address."""

    def get_by_natural_key(self, email):
        return self.select_related("role").get(email__iexact=email)

    def create_user(self, email, password=None, **values):
        staff = self.model(email=self.normalize_email(email).lower(), **values)
        staff.set_password(password)
        staff.save(using=self._db)
        return staff

    def create_superuser(self, email, password=None, **values):
        role = Role.objects.get(key="executive")
        return self.create_user(email, password, is_staff=True, role=role, **values)


class Staff(AbstractBaseUser, PermissionsMixin):
    """A person who works at the agency and signs in with an e-mail address."""

    tool = "staff"
    subject_name = "staff"

    email = models.EmailField(max_length=200, unique=True)
    first_name = models.CharField(max_length=80)
    last_name = models.CharField(max_length=80, blank=True)
    title = models.CharField(max_length=80, blank=True)
    phone = models.CharField(max_length=40, blank=True)
    role = models.ForeignKey(
        Role, on_delete=models.PROTECT, null=True, blank=True, related_name="holders"
    )
    departments = models.ManyToManyField(Department, blank=True, related_name="members")
    hourly_rate = MoneyField(
        null=True,
        blank=True,
        help_text="Billing rate, used where no line, service or project has one",
    )
    weekly_minutes = models.PositiveIntegerField(default=2280, help_text="38 hours are 2280")
    time_zone = models.CharField(max_length=60, blank=True)
    is_active = models.BooleanField(default=True)
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

    @property
    def initials(self) -> str:
        return (self.first_name[:1] + self.last_name[:1]).upper() or self.email[:2].upper()

    def get_absolute_url(self) -> str:
        return f"/settings/staff/{self.pk}"


class Team(models.Model):
    """People who work under one lead; a manager sees the records of the teams they lead."""

    tool = "staff"
    name = models.CharField(max_length=100, unique=True)
    lead = models.ForeignKey(
        Staff, on_delete=models.PROTECT, null=True, blank=True, related_name="led_teams"
    )
    members = models.ManyToManyField(Staff, blank=True, related_name="teams")

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class ApiKeyQuerySet(models.QuerySet):
    def live(self):
        return self.filter(revoked_at=None).filter(
            models.Q(expires_at=None) | models.Q(expires_at__gt=timezone.now())
        )


class ApiKey(models.Model):
    """A credential for a program, kept as a SHA-256 hash. Its scopes narrow the owner's grants."""

    tool = "settings"

    owner = models.ForeignKey(Staff, on_delete=models.CASCADE, related_name="api_keys")
    name = models.CharField(max_length=100)
    prefix = models.CharField(max_length=12, editable=False)
    digest = models.CharField(max_length=64, unique=True, editable=False)
    scopes = models.JSONField(default=dict, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField(null=True, blank=True)
    last_used_at = models.DateTimeField(null=True, blank=True, editable=False)
    revoked_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = ApiKeyQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at"]
        verbose_name = "API key"

    def __str__(self) -> str:
        return f"{self.name} ({self.prefix}…)"

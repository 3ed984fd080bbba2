"""What a person should hear of: one line each, read or not."""

from django.conf import settings
from django.db import models
from django.utils import timezone


class NoticeQuerySet(models.QuerySet):
    def visible_to(self, staff):
        """One's own; nobody reads what was told to somebody else."""
        return self.filter(staff=staff)

    def unread(self):
        return self.filter(read_at=None)


class Notice(models.Model):
    """A line told to one person, with the path of the page that it is about.

    Lines of one ``key`` stand once per person: told again, the line is renewed.
    """

    tool = "settings"

    class Kind(models.TextChoices):
        MENTION = "mention"
        TASK = "task"
        APPROVED = "approved", "Time approved"
        REJECTED = "rejected", "Time sent back"
        WAITING = "waiting", "Time to approve"
        BUDGET = "budget"
        DELIVERY = "delivery"
        WORK = "work", "Background work"

    staff = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="notices"
    )
    kind = models.CharField(max_length=20, choices=Kind)
    text = models.CharField(max_length=300)
    path = models.CharField(max_length=200, blank=True)
    key = models.CharField(max_length=120, null=True, blank=True)
    told_at = models.DateTimeField(default=timezone.now)
    read_at = models.DateTimeField(null=True, blank=True)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        ordering = ["-told_at", "-pk"]
        indexes = [models.Index(fields=["staff", "-told_at"])]
        constraints = [models.UniqueConstraint(fields=["staff", "key"], name="notice_once_per_key")]

    def __str__(self) -> str:
        return self.text

    def get_absolute_url(self) -> str:
        return self.path

"""What takes longer than a request: who asked, how far it is, what was refused and why."""

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone


class LongWorkQuerySet(models.QuerySet):
    def visible_to(self, staff):
        """One's own; nobody looks after the work of somebody else here."""
        return self.filter(requested_by=staff)

    def locked(self):
        """Work under a row lock, with its person and their rights as they are now."""
        return self.select_for_update(of=("self",)).select_related("requested_by__role")


class LongWork(models.Model):
    """Many steps, or one file, carried out in the background for one person.

    ``facts`` is what its kind needs to know. Steps that are done are deleted in the transaction
    that does them, so what is left is still to do; ``total``, ``done`` and ``refused`` count rows.
    """

    tool, view_level = "settings", "manage"

    class State(models.TextChoices):
        WAITING = "waiting"
        RUNNING = "running"
        DONE = "done", "Finished"
        STOPPED = "stopped"
        FAILED = "failed", "Broken off"

    kind = models.CharField(max_length=40)
    title = models.CharField(max_length=200)
    facts = models.JSONField(default=dict)
    permission = models.CharField(max_length=60, blank=True, help_text="Needed for its file")
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+"
    )
    asked_at = models.DateTimeField(auto_now_add=True)
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    total = models.PositiveIntegerField(default=0)
    done = models.PositiveIntegerField(default=0)
    refused = models.PositiveIntegerField(default=0)
    reason = models.TextField(blank=True, help_text="Why it was broken off")
    finished_at = models.DateTimeField(null=True, blank=True)
    file = models.FileField(max_length=120, blank=True)
    file_name = models.CharField(max_length=120, blank=True)
    content_type = models.CharField(max_length=100, blank=True)
    file_until = models.DateTimeField(null=True, blank=True)

    objects = LongWorkQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        verbose_name_plural = "long work"
        indexes = [models.Index(fields=["requested_by", "-id"])]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("longwork-page", args=[self.pk])

    @property
    def is_over(self) -> bool:
        return self.state not in {self.State.WAITING, self.State.RUNNING}

    @property
    def percent(self) -> int:
        """How far it is, in whole percent, never above 100."""
        if self.state == self.State.DONE:
            return 100
        return min(100, (self.done + self.refused) * 100 // self.total) if self.total else 0

    @property
    def has_file(self) -> bool:
        return bool(self.file) and self.file_until > timezone.now()


class WorkStep(models.Model):
    """A step that is still to do: its ``data`` means something to the kind of work."""

    work = models.ForeignKey(LongWork, on_delete=models.CASCADE, related_name="steps")
    data = models.JSONField()

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"Step {self.pk}"


class RefusedRow(models.Model):
    """A row that did not go through, and why."""

    work = models.ForeignKey(LongWork, on_delete=models.CASCADE, related_name="refusals")
    label = models.CharField(max_length=200)
    reason = models.TextField()
    path = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.label

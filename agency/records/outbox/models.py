"""Effects outside the database, written in the transaction that wants them."""

import re

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone


class EffectQuerySet(models.QuerySet):
    def due(self, now=None):
        """Waiting effects whose time has come, and those whose worker died with the lease."""
        now = now or timezone.now()
        waiting = models.Q(state=Effect.State.WAITING, due_at__lte=now)
        lost = models.Q(state=Effect.State.RUNNING, leased_until__lt=now)
        return self.filter(waiting | lost)

    def unannounced(self, before):
        """Those for which no message to a worker is under way, or one that got lost."""
        return self.filter(models.Q(queued_at=None) | models.Q(queued_at__lt=before))

    def dead(self):
        """Those that only a person can help."""
        return self.filter(state=Effect.State.DEAD)

    def visible_to(self, staff):
        return self


class Effect(models.Model):
    """One mail, call or file that must happen after the commit, at least once."""

    tool, view_level = "settings", "manage"
    subject_name = "effect"

    class State(models.TextChoices):
        WAITING = "waiting"
        RUNNING = "running"
        DONE = "done"
        DEAD = "dead", "Needs attention"
        CANCELLED = "cancelled"

    kind = models.CharField(max_length=60)
    payload = models.JSONField(default=dict)
    key = models.CharField(max_length=128, unique=True, null=True, blank=True)
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    due_at = models.DateTimeField(default=timezone.now)
    queued_at = models.DateTimeField(null=True, blank=True, help_text="A worker was told")
    leased_until = models.DateTimeField(null=True, blank=True)
    last_error = models.TextField(blank=True)
    subject_type = models.CharField(max_length=30, blank=True)
    subject_id = models.PositiveBigIntegerField(null=True, blank=True)
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)
    done_at = models.DateTimeField(null=True, blank=True)

    objects = EffectQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        indexes = [
            models.Index(fields=["state", "due_at"]),
            models.Index(fields=["subject_type", "subject_id"]),
        ]

    def __str__(self) -> str:
        return f"{self.kind} #{self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("effect-page", args=[self.pk])

    @property
    def described(self) -> str:
        """What it is, for people: the subject and address of a mail, else the kind."""
        subject, to = self.payload.get("subject"), self.payload.get("to")
        if subject and to:
            return f"{subject}, to {', '.join(to) if isinstance(to, list) else to}"
        words = re.sub(r"[._]", " ", self.kind).capitalize()
        return f"{words} {self.payload.get('id', '') or f'#{self.pk}'}"

    @property
    def next_attempt_at(self):
        return self.due_at if self.state == self.State.WAITING else None

    @property
    def stable_key(self) -> str:
        """The same on every attempt; the other side recognises a replay by it."""
        return self.key or f"effect-{self.pk}"

"""Links by which a client opens one document without signing in."""

from django.conf import settings
from django.db import models
from django.utils import timezone

from agency.records.about import AboutAnything, AboutQuerySet


class PublicLinkQuerySet(AboutQuerySet):
    def live(self):
        """Links that still open: neither revoked nor expired."""
        return self.filter(revoked_at=None, expires_at__gt=timezone.now())


class PublicLink(AboutAnything):
    """An unguessable address of one document. Only the hash of its token is kept."""

    tool = "settings"

    digest = models.CharField(max_length=64, unique=True, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)
    last_opened_at = models.DateTimeField(null=True, blank=True)
    opened = models.PositiveIntegerField(default=0, help_text="How often, as far as was told")

    objects = PublicLinkQuerySet.as_manager()

    class Meta(AboutAnything.Meta):
        ordering = ["-created_at", "-pk"]

    def __str__(self) -> str:
        return f"Link to {self.subject_type} {self.subject_id}"

    @property
    def is_live(self) -> bool:
        return self.revoked_at is None and self.expires_at > timezone.now()

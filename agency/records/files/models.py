"""Files attached to any record."""

import secrets

from django.conf import settings
from django.db import models

from agency.records.about import AboutAnything


def random_name(attachment, filename: str) -> str:
    """A stored name that tells nothing and cannot be guessed."""
    return f"attachments/{secrets.token_hex(16)}"


class Attachment(AboutAnything):
    """An uploaded file. Its type was read from its content, its stored name is random."""

    tool = "settings"
    file = models.FileField(upload_to=random_name, max_length=120)
    name = models.CharField(max_length=200)
    content_type = models.CharField(max_length=100)
    size = models.PositiveBigIntegerField(help_text="Bytes")
    sha256 = models.CharField(max_length=64)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    uploaded_at = models.DateTimeField(auto_now_add=True)

    class Meta(AboutAnything.Meta):
        ordering = ["-uploaded_at", "-pk"]

    def __str__(self) -> str:
        return self.name

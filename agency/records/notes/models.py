"""Notes and comments on any record."""

from django.conf import settings
from django.db import models

from agency.records.about import AboutAnything


class Remark(AboutAnything):
    """What a note and a comment share: somebody's words about a record."""

    body = models.TextField(max_length=20_000)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta(AboutAnything.Meta):
        abstract = True
        ordering = ["-created_at", "-pk"]

    def __str__(self) -> str:
        return self.body[:60]


class Note(Remark):
    """An internal note kept with a record."""

    tool = "settings"


class Comment(Remark):
    """One message of the conversation on a record."""

    tool = "settings"
    mentions = models.ManyToManyField(settings.AUTH_USER_MODEL, blank=True, related_name="+")

"""History: what was done to a record, by whom, when, through what."""

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils import timezone

from agency.records.about import AboutAnything, AboutQuerySet


class EventQuerySet(AboutQuerySet):
    def newest_first(self):
        return self.select_related("by").order_by("-happened_at", "-pk")

    def update(self, **values):
        raise TypeError("History is append-only.")

    def delete(self):
        raise TypeError("History is append-only.")


class Event(AboutAnything):
    """One line of an object's history, never changed once written.

    Triggers see to it: PostgreSQL refuses UPDATE and DELETE, SQLite refuses UPDATE.
    """

    tool = "settings"

    happened_at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    through = models.CharField(max_length=120)
    verb = models.CharField(max_length=60)
    subject_label = models.CharField(max_length=200, blank=True)
    changes = models.JSONField(default=dict, encoder=DjangoJSONEncoder)

    objects = EventQuerySet.as_manager()

    class Meta(AboutAnything.Meta):
        ordering = ["-happened_at", "-pk"]
        indexes = [models.Index(fields=["subject_type", "subject_id", "-happened_at"])]

    def __str__(self) -> str:
        return f"{self.subject_label}: {self.verb}"

    def save(self, *args, **kwargs) -> None:
        if not self._state.adding:
            raise TypeError("History is append-only.")
        super().save(*args, **kwargs)

    def delete(self, *args, **kwargs):
        raise TypeError("History is append-only.")

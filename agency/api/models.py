"""Answers kept so that a client may safely repeat a request."""

from django.conf import settings
from django.db import models


class IdempotentAnswer(models.Model):
    """The first answer to a POST with an ``Idempotency-Key``, replayed for 24 hours."""

    tool = "settings"
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    key = models.CharField(max_length=255)
    request_hash = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField()
    headers = models.JSONField(default=dict)
    body = models.BinaryField()
    created_at = models.DateTimeField(auto_now_add=True, db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["owner", "key"], name="one_answer_a_key")]

    def __str__(self) -> str:
        return self.key

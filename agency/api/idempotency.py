"""Idempotency keys: a repeated POST is answered again, not done again."""


class IdempotentMixin:
    """Replays the first answer to a POST that carries an ``Idempotency-Key``."""

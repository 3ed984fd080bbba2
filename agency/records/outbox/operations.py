"""The outbox: ask for an effect in a transaction; retry or cancel one that failed.

``enqueue("mail", {...}, by=jane, key="invoice-7-sent")`` writes a row with everything else that
the transaction writes, or not at all. After the commit a worker is told; where that message is
lost, the sweep finds the row.
"""

from datetime import datetime
from functools import partial

from django.db import transaction
from django.utils import timezone

from agency.errors import StateError
from agency.records import history, subjects
from agency.records.outbox.delivery import deliver, prolong, publish
from agency.records.outbox.handlers import (
    GiveUpError,
    NotNowError,
    UnfinishedError,
    handler,
    tell_given_up,
    words,
)
from agency.records.outbox.models import Effect

__all__ = [
    "GiveUpError",
    "NotNowError",
    "UnfinishedError",
    "cancel",
    "deliver",
    "enqueue",
    "handler",
    "hasten",
    "prolong",
    "publish",
    "retry",
    "words",
]

State = Effect.State
LONGEST_KEY = 128


def enqueue(
    kind: str,
    payload: dict,
    *,
    by=None,
    subject=None,
    key: str | None = None,
    due_at: datetime | None = None,
    announce: bool = True,
) -> Effect:
    """Ask for an effect outside the database, as part of the current transaction.

    ``payload`` is plain JSON. Who does not ``announce`` it carries it out at once with ``deliver``;
    the sweep finds what was left. The same ``key`` twice gives the one effect of the first time.
    Raises ``RuntimeError`` outside of a transaction.
    """
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("An effect is asked for inside the transaction that wants it.")
    if key is not None and not 0 < len(key) <= LONGEST_KEY:
        raise ValueError(f"The key of an effect has 1 to {LONGEST_KEY} characters.")
    now = timezone.now()
    effect = Effect(
        kind=kind,
        payload=payload,
        key=key,
        requested_by=by,
        due_at=due_at or now,
        queued_at=now if announce and not (due_at and due_at > now) else None,
        subject_type=subjects.name_of(subject) if subject else "",
        subject_id=subject.pk if subject else None,
    )
    effect = _written(effect)
    if effect.state == State.WAITING and effect.queued_at:
        transaction.on_commit(partial(publish, effect.pk))
    return effect


def _written(effect: Effect) -> Effect:
    if effect.key is None:
        effect.save(force_insert=True)
        return effect
    Effect.objects.bulk_create([effect], ignore_conflicts=True)
    return Effect.objects.get(key=effect.key)


def retry(effect: Effect, *, by) -> Effect:
    """Try an effect that needs attention once more, with all its attempts."""
    with transaction.atomic():
        effect = _locked(effect)
        if effect.state not in {State.DEAD, State.CANCELLED}:
            raise StateError(f"It is {effect.get_state_display().lower()}; nothing to retry.")
        now = timezone.now()
        effect.state, effect.attempts = State.WAITING, 0
        effect.due_at = effect.queued_at = now
        effect.save(update_fields=["state", "attempts", "due_at", "queued_at"])
        history.record(effect, "retried", by=by, last_error=effect.last_error)
        transaction.on_commit(partial(publish, effect.pk))
    return effect


@transaction.atomic
def hasten(effect: Effect, *, by) -> Effect:
    """Make an effect due now, where it waits or was left to a person; who asks delivers it.

    One that is being carried out, or is done, stays as it is.
    """
    effect = _locked(effect)
    if effect.state in {State.DEAD, State.CANCELLED}:
        history.record(effect, "retried", by=by, last_error=effect.last_error)
        effect.state, effect.attempts = State.WAITING, 0
    if effect.state == State.WAITING:
        effect.due_at, effect.queued_at = timezone.now(), None
        effect.save(update_fields=["state", "attempts", "due_at", "queued_at"])
    return effect


def cancel(effect: Effect, *, by) -> Effect:
    """Give up an effect that waits or needs attention; cancelling twice changes nothing."""
    with transaction.atomic():
        effect = _locked(effect)
        if effect.state == State.CANCELLED:
            return effect
        if effect.state not in {State.DEAD, State.WAITING}:
            raise StateError(f"It is {effect.get_state_display().lower()}; too late to cancel.")
        effect.state = State.CANCELLED
        effect.save(update_fields=["state"])
        history.record(effect, "cancelled", by=by, last_error=effect.last_error)
        tell_given_up(effect, "It was cancelled.")
    return effect


def _locked(effect: Effect) -> Effect:
    return Effect.objects.select_for_update().get(pk=effect.pk)

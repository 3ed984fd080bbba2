"""Carry out one effect: claim it with a lease, do it outside of any transaction, settle it.

A worker may die at any moment. Before the claim nothing has happened; after it the lease runs
out and the effect is done again, under the same stable key.
"""

import random
from datetime import timedelta

import structlog
from celery import shared_task
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from agency.errors import BusinessError, UnavailableError
from agency.records import channel
from agency.records.notices import operations as notices
from agency.records.notices.operations import Kind
from agency.records.outbox import handlers
from agency.records.outbox.models import Effect

log = structlog.get_logger(__name__)
State = Effect.State
FIRST_WAIT = 20  # seconds, doubled with each attempt
LONGEST_WAIT = 3600


@shared_task(name="agency.records.outbox.jobs.deliver")
def deliver(effect_id: int) -> bool:
    """Carry out an effect that is due; False where another worker has it or nothing is due."""
    effect = claim(effect_id)
    if effect is None:
        return False
    with channel.through(f"job: {effect.kind}"):
        try:
            carry_out(effect)
        except handlers.UnfinishedError:
            go_on(effect)
        except Exception as error:  # noqa: BLE001 a carrier may fail in any way
            fail(effect, error)
        else:
            done = {"done_at": timezone.now(), "payload": kept(effect), "last_error": ""}
            settle(effect, state=State.DONE, **done)
    return True


def claim(effect_id: int) -> Effect | None:
    """Take a due effect for ourselves: one conditional statement, so one worker wins."""
    kind = Effect.objects.filter(pk=effect_id).values_list("kind", flat=True).first()
    if kind is None:
        return None
    now = timezone.now()
    taken = (
        Effect.objects.due(now)
        .filter(pk=effect_id)
        .update(
            state=State.RUNNING,
            attempts=F("attempts") + 1,
            leased_until=now + handlers.handler_of(kind).lease,
        )
    )
    return Effect.objects.get(pk=effect_id) if taken else None


def carry_out(effect: Effect) -> None:
    handler = handlers.handler_of(effect.kind)
    if effect.attempts > handler.attempts:
        raise handlers.GiveUpError("Each attempt ended with the worker's death.")
    handler.carry_out(effect)


def kept(effect: Effect) -> dict:
    """The payload without what its handler wants forgotten."""
    private = handlers.handler_of(effect.kind).forget
    return {name: value for name, value in effect.payload.items() if name not in private}


def fail(effect: Effect, error: Exception) -> None:
    """Plan the next attempt, or leave it to a person."""
    reason = handlers.words(error)
    log.warning("An effect failed.", effect=effect.pk, kind=effect.kind, error=reason)
    now = timezone.now()
    if isinstance(error, handlers.NotNowError):
        due_at = now + timedelta(seconds=error.seconds)
        attempts = effect.attempts - 1
        settle(effect, state=State.WAITING, due_at=due_at, attempts=attempts, last_error=reason)
    elif is_final(effect, error):
        abandon(effect, reason)
    else:
        due_at = now + wait_after(effect.attempts)
        settle(effect, state=State.WAITING, due_at=due_at, last_error=reason)


@transaction.atomic
def abandon(effect: Effect, reason: str) -> None:
    """Leave an effect to a person, and tell those who look after such things."""
    if settle(effect, state=State.DEAD, last_error=reason):
        text = f"Not delivered: {effect.described}. {reason}"
        path, key = effect.get_absolute_url(), f"effect:{effect.pk}"
        notices.tell(notices.caretakers(), Kind.DELIVERY, text, path=path, key=key)
        handlers.tell_given_up(effect, reason)


def go_on(effect: Effect) -> None:
    """Let the rest of an effect wait its turn; what has moved on has lost no attempt."""
    if settle(effect, state=State.WAITING, due_at=timezone.now(), attempts=0, last_error=""):
        publish(effect.pk)


def prolong(effect: Effect) -> bool:
    """Begin the lease anew, while it is ours: for an effect whose length nobody can foresee."""
    until = timezone.now() + handlers.handler_of(effect.kind).lease
    mine = Effect.objects.filter(
        pk=effect.pk, state=State.RUNNING, leased_until=effect.leased_until
    )
    if not mine.update(leased_until=until):
        return False
    effect.leased_until = until
    return True


def publish(pk: int) -> bool:
    """Tell a worker. A broker that is down fails nobody: the sweep comes by soon."""
    try:
        deliver.delay(pk)
    except Exception as error:  # noqa: BLE001 whatever the broker's client raises
        log.warning("The queue did not take an effect.", effect=pk, error=str(error))
        Effect.objects.filter(pk=pk).update(queued_at=None)
        return False
    return True


def is_final(effect: Effect, error: Exception) -> bool:
    if isinstance(error, handlers.GiveUpError | BusinessError):
        return not isinstance(error, UnavailableError)  # the other side may be there later
    return effect.attempts >= handlers.handler_of(effect.kind).attempts


def wait_after(attempts: int) -> timedelta:
    """20 s, 40 s, 80 s, … up to an hour; each up to a half longer, so that crowds spread out."""
    seconds = min(FIRST_WAIT * 2 ** (attempts - 1), LONGEST_WAIT)
    return timedelta(seconds=seconds * random.uniform(1, 1.5))  # noqa: S311 not a secret


def settle(effect: Effect, **values) -> bool:
    """Write the outcome, unless the lease ran out and somebody else has taken it over."""
    mine = Effect.objects.filter(
        pk=effect.pk, state=State.RUNNING, leased_until=effect.leased_until
    )
    return bool(mine.update(leased_until=None, queued_at=None, **values))

"""Effects outside the database: asked for in a transaction, carried out after it."""

from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone

from agency.errors import BusinessError, StateError
from agency.records import history
from agency.records.outbox import delivery, handlers, jobs
from agency.records.outbox import operations as outbox
from agency.records.outbox.models import Effect

State = Effect.State


@pytest.fixture
def carried(monkeypatch):
    """A carrier for the kind "parcel" that notes what it was given and fails on demand."""
    monkeypatch.setattr(handlers, "_handlers", dict(handlers._handlers))
    seen = []
    errors = []

    @handlers.handler("parcel", attempts=3)
    def carry(effect):
        seen.append(effect.stable_key)
        if errors:
            raise errors.pop(0)

    carry.seen, carry.errors = seen, errors
    return carry


@pytest.fixture
def parcel(db, carried):
    """A waiting parcel whose message to the worker got lost."""

    def make(**values):
        with transaction.atomic():
            return outbox.enqueue("parcel", {"to": "Sydney"}, **values)

    return make


def state_of(effect):
    effect.refresh_from_db()
    return effect.state


def let_time_pass(effect):
    Effect.objects.filter(pk=effect.pk).update(due_at=timezone.now(), queued_at=None)


def test_an_effect_is_carried_out_after_the_commit(
    parcel, carried, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        effect = parcel(key="parcel-1")
        assert carried.seen == []
    assert carried.seen == ["parcel-1"]
    assert state_of(effect) == State.DONE
    assert effect.done_at is not None


@pytest.mark.django_db(transaction=True)
def test_an_effect_of_a_rolled_back_transaction_never_was(carried):
    with transaction.atomic():
        outbox.enqueue("parcel", {})
        transaction.set_rollback(True)
    assert Effect.objects.count() == 0
    assert carried.seen == []


@pytest.mark.django_db(transaction=True)
def test_an_effect_cannot_be_asked_for_outside_of_a_transaction():
    with pytest.raises(RuntimeError):
        outbox.enqueue("parcel", {})
    assert Effect.objects.count() == 0


def test_the_same_key_twice_is_one_effect(parcel, django_capture_on_commit_callbacks, carried):
    with django_capture_on_commit_callbacks(execute=True):
        assert parcel(key="parcel-1").pk == parcel(key="parcel-1").pk
    assert parcel(key="parcel-1").state == State.DONE
    assert carried.seen == ["parcel-1"]


def test_effects_without_a_key_are_separate(parcel):
    assert parcel().pk != parcel().pk


def test_a_broker_that_is_down_fails_no_request_and_the_sweep_comes_by(
    parcel, carried, monkeypatch, django_capture_on_commit_callbacks
):
    def unreachable(self, *args, **kwargs):
        raise ConnectionRefusedError("broker")

    with monkeypatch.context() as patch:
        patch.setattr("celery.app.task.Task.apply_async", unreachable)
        with django_capture_on_commit_callbacks(execute=True):
            effect = parcel()
        assert jobs.sweep() == 0
    assert state_of(effect) == State.WAITING
    assert effect.queued_at is None
    assert jobs.sweep() == 1
    assert state_of(effect) == State.DONE


def test_an_effect_of_tomorrow_waits_for_tomorrow(parcel, carried):
    effect = parcel(due_at=timezone.now() + timedelta(days=1))
    assert outbox.deliver(effect.pk) is False
    assert jobs.sweep() == 0
    let_time_pass(effect)
    assert jobs.sweep() == 1
    assert state_of(effect) == State.DONE


def test_the_sweep_leaves_alone_what_a_message_is_under_way_for(parcel):
    effect = parcel()
    assert jobs.sweep() == 0
    Effect.objects.filter(pk=effect.pk).update(queued_at=timezone.now() - timedelta(minutes=3))
    assert jobs.sweep() == 1


def test_the_sweep_takes_a_bounded_number_at_once(parcel, monkeypatch):
    for _ in range(3):
        let_time_pass(parcel())
    monkeypatch.setattr(jobs, "MOST_AT_ONCE", 2)
    assert jobs.sweep() == 2
    assert jobs.sweep() == 1


def test_a_failure_is_tried_again_later_and_later(parcel, carried):
    effect = parcel()
    carried.errors.extend([ValueError("no"), ValueError("no")])
    waits = []
    for _ in range(2):
        before = timezone.now()
        outbox.deliver(effect.pk)
        assert state_of(effect) == State.WAITING
        waits.append((effect.due_at - before).total_seconds())
        assert outbox.deliver(effect.pk) is False
        let_time_pass(effect)
    assert 20 <= waits[0] < 31
    assert 40 <= waits[1] < 61
    outbox.deliver(effect.pk)
    assert state_of(effect) == State.DONE
    assert effect.last_error == ""
    assert len(set(carried.seen)) == 1


def test_after_the_last_attempt_an_effect_needs_attention(parcel, carried):
    effect = parcel()
    carried.errors.extend([ConnectionRefusedError("nobody there")] * 3)
    for _ in range(3):
        outbox.deliver(effect.pk)
        let_time_pass(effect)
    assert state_of(effect) == State.DEAD
    assert effect.last_error == "Connection refused error: nobody there"
    assert list(Effect.objects.dead()) == [effect]
    assert outbox.deliver(effect.pk) is False


@pytest.mark.parametrize(
    "error", [outbox.GiveUpError("The address does not exist."), BusinessError("It is void.")]
)
def test_what_cannot_succeed_needs_attention_at_once(parcel, carried, error):
    effect = parcel()
    carried.errors.append(error)
    outbox.deliver(effect.pk)
    assert state_of(effect) == State.DEAD
    assert effect.last_error == str(error)


def test_being_asked_to_wait_costs_no_attempt(parcel, carried):
    effect = parcel()
    carried.errors.append(outbox.NotNowError("Too many calls.", seconds=90))
    before = timezone.now()
    outbox.deliver(effect.pk)
    assert state_of(effect) == State.WAITING
    assert effect.attempts == 0
    assert 90 <= (effect.due_at - before).total_seconds() < 95


def test_an_unknown_kind_is_said_in_words(db):
    with transaction.atomic():
        effect = outbox.enqueue("pigeon", {})
    outbox.deliver(effect.pk)
    assert state_of(effect) == State.WAITING
    assert effect.last_error == "Lookup error: nothing here knows how to carry out “pigeon”."


def test_an_error_is_kept_without_secrets(parcel, carried):
    effect = parcel()
    carried.errors.append(ValueError("token=abcdef123456\nrefused for pk_0123456789abcdef"))
    outbox.deliver(effect.pk)
    effect.refresh_from_db()
    assert effect.last_error == "Value error: token=[hidden] refused for [hidden]"


def test_a_worker_that_lost_its_lease_does_not_overwrite_its_successor(parcel, carried):
    effect = parcel()
    first = delivery.claim(effect.pk)
    assert delivery.claim(effect.pk) is None
    past = timezone.now() - timedelta(seconds=1)
    Effect.objects.filter(pk=effect.pk).update(leased_until=past)
    second = delivery.claim(effect.pk)
    assert second.attempts == 2
    assert delivery.settle(first, state=State.DEAD, last_error="late") is False
    assert delivery.settle(second, state=State.DONE) is True
    assert state_of(effect) == State.DONE


def test_an_effect_that_kills_its_workers_is_not_tried_for_ever(parcel, carried):
    effect = parcel()
    Effect.objects.filter(pk=effect.pk).update(attempts=3)
    outbox.deliver(effect.pk)
    assert carried.seen == []
    assert state_of(effect) == State.DEAD
    assert effect.last_error == "Each attempt ended with the worker's death."


def test_a_dead_effect_can_be_retried(parcel, carried, staff, django_capture_on_commit_callbacks):
    effect, jane = parcel(), staff()
    carried.errors.append(outbox.GiveUpError("No such address."))
    outbox.deliver(effect.pk)
    with django_capture_on_commit_callbacks(execute=True):
        outbox.retry(effect, by=jane)
    assert state_of(effect) == State.DONE
    event = history.history_of(effect).get()
    assert (event.verb, event.by) == ("retried", jane)
    assert event.changes == {"last_error": "No such address."}
    with pytest.raises(StateError):
        outbox.retry(effect, by=jane)


def test_a_cancelled_effect_is_not_carried_out(parcel, carried, staff):
    effect, jane = parcel(), staff()
    outbox.cancel(effect, by=jane)
    outbox.cancel(effect, by=jane)
    assert history.history_of(effect).count() == 1
    assert outbox.deliver(effect.pk) is False
    assert carried.seen == []


def test_what_is_done_cannot_be_cancelled(parcel, staff):
    effect = parcel()
    outbox.deliver(effect.pk)
    with pytest.raises(StateError):
        outbox.cancel(effect, by=staff())
    assert state_of(effect) == State.DONE

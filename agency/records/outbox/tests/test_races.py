"""Many workers at once: each effect is carried out by one of them (PostgreSQL)."""

import threading
from collections import Counter
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, transaction

from agency.records.outbox import handlers
from agency.records.outbox import operations as outbox
from agency.records.outbox.models import Effect

WORKERS = 8


def together(work) -> list:
    """Run ``work`` in as many threads as there are workers, all at the same moment."""
    start = threading.Barrier(WORKERS)

    def run(number):
        start.wait()
        try:
            return work()
        finally:
            connection.close()

    with ThreadPoolExecutor(WORKERS) as pool:
        return list(pool.map(run, range(WORKERS)))


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_an_effect_that_many_workers_hear_of_is_carried_out_once(monkeypatch):
    monkeypatch.setattr(handlers, "_handlers", {})
    monkeypatch.setattr(outbox, "publish", lambda pk: True)
    carried = []
    handlers.handler("parcel")(lambda effect: carried.append(effect.pk))
    with transaction.atomic():
        asked = [outbox.enqueue("parcel", {}).pk for _ in range(10)]
    together(lambda: [outbox.deliver(pk) for pk in asked])
    assert Counter(carried) == dict.fromkeys(asked, 1)
    assert set(Effect.objects.values_list("state", "attempts")) == {("done", 1)}


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_a_key_that_many_ask_for_at_once_is_one_effect(monkeypatch):
    monkeypatch.setattr(outbox, "publish", lambda pk: True)

    def ask():
        with transaction.atomic():
            return outbox.enqueue("parcel", {}, key="parcel-1").pk

    assert len(set(together(ask))) == 1
    assert Effect.objects.count() == 1

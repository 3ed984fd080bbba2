"""With Redis: workers take effects from it, limits are counted in it, and it may be down."""

import os
import threading
import uuid

import pytest
import redis
from celery import Celery
from celery.contrib.testing.worker import start_worker
from django.core.cache import cache
from django.db import transaction

from agency.celery import app as product
from agency.records.outbox import handlers, operations
from agency.records.outbox.models import Effect

URL = os.environ.get("REDIS_URL", "redis://127.0.0.1:6379/0")
NOBODY = "redis://127.0.0.1:1/0"  # no service listens on port 1


@pytest.fixture
def server():
    """The Redis server, cleared of what the test has written."""
    prefix = f"test-{uuid.uuid4().hex}"
    client = redis.Redis.from_url(URL, socket_connect_timeout=2)
    try:
        client.ping()
    except redis.RedisError:
        if os.environ.get("REQUIRE_ALL") == "1":
            raise
        pytest.skip(f"no Redis answers at {URL}")
    yield prefix
    if found := client.keys(f"*{prefix}*"):
        client.delete(*found)
    client.close()


def use_cache_at(settings, url, prefix):
    settings.CACHES = {
        "default": {
            "BACKEND": "agency.cache.ForgivingRedisCache",
            "LOCATION": url,
            "KEY_PREFIX": prefix,
        }
    }


@pytest.fixture
def worker_app(server):
    """The background engine with Redis as its queue, in place of the eager one of the tests."""
    app = Celery("redis-test", broker=URL, set_as_current=True)
    app.conf.update(
        task_default_queue=server, task_ignore_result=True, worker_hijack_root_logger=False
    )
    yield app
    app.close()
    product.set_current()


@pytest.mark.redis
@pytest.mark.django_db(transaction=True)
def test_a_worker_takes_an_effect_from_redis_and_settles_it(worker_app, monkeypatch):
    done = threading.Event()
    monkeypatch.setattr(handlers, "_handlers", {})
    handlers.handler("letter")(lambda effect: done.set())
    with transaction.atomic():
        effect = operations.enqueue("letter", {"to": "kim@example.com"})
    with start_worker(worker_app, pool="threads", concurrency=1, perform_ping_check=False):
        assert done.wait(10)
    effect.refresh_from_db()
    assert (effect.state, effect.attempts) == (Effect.State.DONE, 1)


@pytest.mark.redis
@pytest.mark.django_db
def test_calls_over_the_limit_are_refused_by_the_count_in_redis(server, settings, api, staff):
    use_cache_at(settings, URL, server)
    settings.API_RATE_LIMIT = "3/hour"
    stranger = api()
    assert [stranger.get("/api/me").status_code for _ in range(5)] == [401, 401, 401, 429, 429]


@pytest.mark.redis
def test_the_cache_keeps_and_counts(server, settings):
    use_cache_at(settings, URL, server)
    cache.set("name", "Kim")
    cache.add("calls", 0)
    assert (cache.get("name"), cache.incr("calls"), cache.incr("calls")) == ("Kim", 1, 2)


def test_without_redis_the_cache_is_empty_and_nobody_fails(settings):
    use_cache_at(settings, NOBODY, "nobody")
    cache.set("name", "Kim")
    assert cache.get("name", "nobody") == "nobody"
    assert cache.get_many(["name"]) == {}
    assert cache.add("name", "Kim") is True
    with pytest.raises(ValueError, match="not there to be counted"):
        cache.incr("calls")


def test_a_redis_that_does_not_answer_is_left_alone_for_a_moment(settings, monkeypatch):
    use_cache_at(settings, NOBODY, "nobody")
    asked = []
    backend = cache._connections[cache._alias]
    monkeypatch.setattr(
        type(backend._cache), "get", lambda *values: asked.append(values) or refuse()
    )
    assert [cache.get("name") for _ in range(3)] == [None, None, None]
    assert len(asked) == 1


def refuse():
    raise redis.ConnectionError("nobody there")

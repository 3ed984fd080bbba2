"""Redis as the cache, without which people can still work: what it forgets is looked up again."""

import time

import structlog
from django.core.cache.backends.redis import RedisCache
from redis.exceptions import RedisError

log = structlog.get_logger(__name__)
REST_SECONDS = 5  # how long Redis is left alone after it has not answered


class ForgivingRedisCache(RedisCache):
    """A cache that is empty while Redis is down.

    Counting is different: ``incr`` says that nothing was counted, as for a key that is not there.
    """

    def __init__(self, server, params) -> None:
        super().__init__(server, params)
        self._rests_until = 0.0

    def get(self, key, default=None, version=None):
        return self._try(super().get, default, key, default, version)

    def get_many(self, keys, version=None):
        return self._try(super().get_many, {}, keys, version)

    def has_key(self, key, version=None):
        return self._try(super().has_key, False, key, version)

    def add(self, *args, **kwargs):
        return self._try(super().add, True, *args, **kwargs)

    def set(self, *args, **kwargs):
        return self._try(super().set, None, *args, **kwargs)

    def set_many(self, *args, **kwargs):
        return self._try(super().set_many, [], *args, **kwargs)

    def touch(self, *args, **kwargs):
        return self._try(super().touch, False, *args, **kwargs)

    def delete(self, *args, **kwargs):
        return self._try(super().delete, False, *args, **kwargs)

    def delete_many(self, *args, **kwargs):
        return self._try(super().delete_many, None, *args, **kwargs)

    def incr(self, key, delta=1, version=None):
        counted = self._try(super().incr, None, key, delta, version)
        if counted is None:
            raise ValueError(f"Key {key!r} is not there to be counted.")
        return counted

    def _try(self, work, otherwise, *args, **kwargs):
        if time.monotonic() < self._rests_until:
            return otherwise
        try:
            return work(*args, **kwargs)
        except RedisError as error:
            self._rests_until = time.monotonic() + REST_SECONDS
            log.warning("the cache does not answer", error=str(error))
            return otherwise

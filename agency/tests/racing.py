"""Runs the same thing in many threads at once, each with its own connection."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from django.db import connection


def race(threads: int, work: Callable[[int], object]) -> list:
    """Call ``work(0)`` … ``work(threads - 1)`` together; an exception is its result."""
    start = Barrier(threads)

    def run(number: int):
        try:
            start.wait(timeout=60)
            return work(number)
        except Exception as error:  # noqa: BLE001 - the test looks at it
            return error
        finally:
            connection.close()

    with ThreadPoolExecutor(threads) as pool:
        return list(pool.map(run, range(threads)))

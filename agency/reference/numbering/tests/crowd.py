"""Many threads that take numbers at once, a quarter of them changing their mind.

Run as a program it does so on the database of its own settings and prints what came of it:
that is how SQLite is tested, whose in-memory databases do not bear threads.
"""

import json
import sys
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import date

DAY = date(2026, 11, 20)
THREADS = 16


def take(key: str, times: int) -> list[str]:
    """Issue ``times`` numbers, every fourth rolled back; the numbers that stayed given."""
    from django.db import connection, transaction

    from agency.reference.numbering import next_number

    kept = []
    for turn in range(times):
        with transaction.atomic():
            number = next_number(key, on=DAY, taken=lambda number: False)
            if turn % 4 == 3:
                transaction.set_rollback(True)
                continue
        kept.append(number)
    connection.close()
    return kept


def rush(key: str, times: int) -> list[str]:
    """The numbers that sixteen threads were given, ``times`` issues each."""
    with ThreadPoolExecutor(THREADS) as threads:
        rounds = [threads.submit(take, key, times) for _ in range(THREADS)]
        return [number for given in rounds for number in given.result()]


def verdict(numbers: list[str], times: int) -> dict:
    """How many numbers should be there, which are missing, which came twice."""
    wanted = THREADS * (times - times // 4)
    expected = {f"INV-2026-{n:05}" for n in range(1, wanted + 1)}
    twice = sorted(number for number, n in Counter(numbers).items() if n > 1)
    return {
        "given": len(numbers) - wanted,
        "gaps": sorted(expected - set(numbers)),
        "beyond": sorted(set(numbers) - expected),
        "twice": twice,
    }


PERFECT = {"given": 0, "gaps": [], "beyond": [], "twice": []}


if __name__ == "__main__":
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", "reference", verbosity=0)
    turns = int(sys.argv[1])
    print(json.dumps(verdict(rush("invoice", turns), turns)))  # noqa: T201

"""Numbers that are dense: no gap and no duplicate, however many people issue at once."""

from datetime import date

from django.db import connection, transaction

# One statement takes the number, makes the counter of a new year, and keeps its row locked.
TAKE = """
INSERT INTO reference_numbercounter (series_id, year, last)
SELECT id, CASE WHEN pattern LIKE '%%{year%%' THEN %s ELSE 0 END, 1
FROM reference_numberseries WHERE key = %s
ON CONFLICT (series_id, year) DO UPDATE SET last = reference_numbercounter.last + 1
RETURNING last, (SELECT pattern FROM reference_numberseries WHERE id = series_id)
"""
# The same without taking one: the row is there and locked.
HOLD = """
INSERT INTO reference_numbercounter (series_id, year, last)
SELECT id, CASE WHEN pattern LIKE '%%{year%%' THEN %s ELSE 0 END, 0
FROM reference_numberseries WHERE key = %s
ON CONFLICT (series_id, year) DO UPDATE SET last = reference_numbercounter.last
"""


def next_number(key: str, *, on: date, taken) -> str:
    """Take the next number of a series for a document dated ``on``.

    Runs inside the issuing transaction, which keeps the counter row locked until it ends: a
    roll-back gives the number back. ``taken`` tells whether a number was typed by hand already;
    the counter skips it.
    """
    from agency.reference.numbering.patterns import number_of  # noqa: PLC0415

    if not transaction.get_connection().in_atomic_block:
        raise transaction.TransactionManagementError("Numbers are given inside a transaction.")
    while True:
        seq, pattern = _next(key, on.year)
        number = number_of(pattern, year=on.year, seq=seq)
        if not taken(number):
            return number


def hold(key: str, *, on: date) -> None:
    """Let nobody take or type a number of a series until the transaction ends.

    Whoever types one for a document dated ``on`` asks for this first, then whether it is free.
    """
    with connection.cursor() as cursor:
        cursor.execute(HOLD, [on.year, key])


def _next(key: str, year: int) -> tuple[int, str]:
    with connection.cursor() as cursor:
        cursor.execute(TAKE, [year, key])
        found = cursor.fetchone()
    if found is None:
        raise LookupError(f"There is no number series “{key}”.")
    return found

"""Where the bookkeeping makes itself known to the slices below it."""

from billing.bookkeeping import moves, steps  # noqa: F401 steps carry out what the outbox holds
from billing.invoices import books


def register() -> None:
    books.keep_with(moves.ask)

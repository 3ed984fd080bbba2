"""Numbers that are dense: no gap and no duplicate, however many people issue at once."""

from datetime import date

from django.db import transaction


def next_number(key: str, *, on: date, taken) -> str:
    """Take the next number of a series for a document dated ``on``.

    Runs inside the issuing transaction, which keeps the counter row locked until it ends: a
    roll-back gives the number back. ``taken`` tells whether a number was typed by hand already;
    the counter skips it.
    """
    from agency.reference.numbering.models import NumberCounter, NumberSeries  # noqa: PLC0415
    from agency.reference.numbering.patterns import number_of  # noqa: PLC0415

    if not transaction.get_connection().in_atomic_block:
        raise transaction.TransactionManagementError("Numbers are given inside a transaction.")
    series = NumberSeries.objects.get(key=key)
    year = on.year if series.is_yearly else 0
    counters = NumberCounter.objects.select_for_update()
    counter = counters.filter(series=series, year=year).first()
    if counter is None:
        NumberCounter.objects.get_or_create(series=series, year=year)
        counter = counters.get(series=series, year=year)
    while True:
        counter.last += 1
        number = number_of(series.pattern, year=on.year, seq=counter.last)
        if not taken(number):
            break
    counter.save(update_fields=["last"])
    return number

"""The one row of the connection, locked: by turns, and never waited for without an end."""

from django.db import OperationalError, connection

from billing.xero.errors import LimitedError
from billing.xero.models import Connection


def locked(pk: int, *, seconds: float, skip: bool = False) -> Connection | None:
    """The row as it stands now, locked until the transaction ends; None where it is gone.

    Waits up to ``seconds`` for whoever holds it and raises ``LimitedError`` then; with ``skip`` it
    does not wait, and a row that somebody else holds is None as well.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            milliseconds = str(max(1, int(seconds * 1000)))
            cursor.execute("SELECT set_config('lock_timeout', %s, true)", [milliseconds])
    rows = Connection.objects.select_for_update(skip_locked=skip)
    try:
        return rows.filter(pk=pk).first()
    except OperationalError as taken:
        raise LimitedError("concurrent", retry_after=1) from taken

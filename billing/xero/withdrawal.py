"""What happens when Xero withdraws its consent: no more calls, and somebody hears of it."""

from agency.documents import mail
from agency.records import history
from agency.records.notices import operations as notices
from billing.xero.models import Connection

PATH = "/settings/xero"
TEXT = "Xero must be connected again: nothing goes there or comes from there until then."


def withdraw(row: Connection, reason: str) -> None:
    """Mark the locked row as one that a person must connect again, and tell the administrators.

    Part of the caller's transaction, which must be committed before anything is raised.
    """
    row.state = Connection.State.RECONNECT
    row.tokens = b""
    row.closed_off_because = reason[:200]
    row.save(update_fields=["state", "tokens", "closed_off_because", "updated_at"])
    history.record(row, "consent_ended", by=None, reason=reason)
    people = notices.caretakers()
    notices.tell(people, notices.Kind.DELIVERY, TEXT, path=PATH, key="xero-reconnect")
    for person in people:
        mail.send(
            person.email,
            "Xero must be connected again",
            f"{TEXT}\n\nWhat happened: {reason}",
            link=("Connect again", PATH),
            about=row,
        )

"""Letters with a link leave the outbox here."""

from types import SimpleNamespace

from agency.records.outbox import operations as outbox
from agency.records.post.jobs import deliver
from agency.staff.people import letters
from agency.staff.people.models import Staff


@outbox.handler(letters.KIND)
def post(effect) -> None:
    """Write the letter now and send it; an address that signs nobody in gets none."""
    person = Staff.objects.active().filter(email=effect.payload["email"]).first()
    if person is None:
        return
    payload = letters.written(effect.payload["letter"], person)
    deliver(SimpleNamespace(payload=payload, stable_key=effect.stable_key))

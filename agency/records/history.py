"""Write and read the history of an object."""

from django.utils import timezone

from agency.records import channel, subjects
from agency.records.events.models import Event
from agency.sql import insert_all


def event(subject, verb: str, /, *, by, **changes) -> Event:
    """An unsaved line of history, for operations that write many at once."""
    return Event(
        subject_type=subjects.name_of(subject),
        subject_id=subject.pk,
        subject_label=str(subject)[:200],
        verb=verb,
        by=by,
        through=channel.current()[:120],
        happened_at=timezone.now(),
        changes=changes,
    )


def record(subject, verb: str, /, *, by, **changes) -> Event:
    """Note that ``by`` did ``verb`` to ``subject``.

    ``changes`` are ``field=[before, after]`` pairs, or plain facts about the step.
    """
    line = event(subject, verb, by=by, **changes)
    line.save(force_insert=True)
    return line


def record_all(events: list[Event]) -> None:
    insert_all(events)


def history_of(subject):
    """The events of an object, newest first, each with the person."""
    return Event.objects.about(subject).newest_first()


def readable(name: str, pk: int, *, staff):
    """The events of the subject with that name and id, or None where ``staff`` may not see it.

    Once the subject is deleted, those who see all rows of its tool still read its history, and so
    does everybody who took part in it.
    """
    model = subjects.model_of(name)
    if model is None or not staff.has_perm(subjects.right_to_see(model)):
        return None
    events = Event.objects.of(model.subject_name, pk).newest_first()
    if subjects.find(name, pk, staff=staff) is not None:
        return events
    if not subjects.is_gone(name, pk):
        return None
    sees_all = staff.role is not None and staff.role.scope == "all"
    took_part = events.filter(by=staff) if not sees_all else events
    return events if took_part.exists() else None


def changed(instance, values: dict) -> dict[str, list]:
    """The ``{field: [before, after]}`` of the ``values`` that differ from the instance's."""
    pairs = {name: [getattr(instance, name), value] for name, value in values.items()}
    return {name: pair for name, pair in pairs.items() if pair[0] != pair[1]}


def spelled(changes: dict[str, list]) -> dict[str, list]:
    """Changes as history keeps them: a related record by its name and id."""
    return {name: [_spelled(value) for value in pair] for name, pair in changes.items()}


def _spelled(value):
    return {"id": value.pk, "name": str(value)} if hasattr(value, "pk") else value

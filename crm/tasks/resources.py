"""What a task can belong to, and what follows from that."""

from agency.records import subjects

KINDS = ("project", "customer", "deal", "budget", "invoice")
# Each kind by its name, and by the other spellings that documents use.
WORDS = (*KINDS, *(word for word, kind in subjects.ALIASES.items() if kind in KINDS))


def kind_of(word: str) -> str | None:
    """The kind that a document means by ``word``, or None where tasks cannot belong to it."""
    kind = subjects.ALIASES.get(word, word)
    return kind if kind in KINDS else None


def find(word: str, pk: int, *, staff):
    """The record of that kind and id, if tasks can belong to it and ``staff`` may see it."""
    kind = kind_of(word)
    return subjects.find(kind, pk, staff=staff) if kind else None


def place_of(subject) -> dict:
    """The columns of a task that belongs to ``subject``, with the project and customer above."""
    if subject is None:
        return dict.fromkeys(("subject_id", "project", "customer")) | {"subject_type": ""}
    kind = subjects.name_of(subject)
    project = subject if kind == "project" else getattr(subject, "project", None)
    customer = subject if kind == "customer" else getattr(subject, "customer", None)
    return {
        "subject_type": kind,
        "subject_id": subject.pk,
        "project": project,
        "customer": customer or getattr(project, "customer", None),
    }

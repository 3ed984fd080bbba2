"""What a task can belong to, and what follows from that."""

from agency.records import subjects

KINDS = (
    "project",
    "customer",
    "deal",
    "budget",
    "invoice",
    "lead",
    "estimate",
    "proposal",
    "contract",
    "ticket",
    "expense",
)


def kind_of(name: str) -> str | None:
    """The subject that a document means by ``name``, or None where tasks cannot belong to it."""
    kind = subjects.ALIASES.get(name, name)
    return kind if kind in KINDS and subjects.model_of(kind) else None


def find(name: str, pk: int, *, staff):
    """The record of that kind and id, if tasks can belong to it and ``staff`` may see it."""
    kind = kind_of(name)
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

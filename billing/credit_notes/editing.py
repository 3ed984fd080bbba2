"""A note and its lines, changed together or not at all."""

from django.db import transaction

from billing.credit_notes import line_operations, operations
from billing.credit_notes.models import CreditNote


@transaction.atomic
def update(note: CreditNote, *, by, lines: list[dict] | None = None, **values) -> CreditNote:
    """Change fields of a note and, where ``lines`` are given, make its lines those."""
    note = operations.update(note, by=by, **values)
    return note if lines is None else line_operations.replace(note, lines, by=by)

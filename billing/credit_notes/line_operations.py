"""Changes the lines of a draft; the totals follow in the same transaction."""

from django.db import transaction

from agency.errors import BusinessError, StateError
from agency.records.history import changed, record
from agency.reference import organisation
from billing.credit_notes import operations, totals
from billing.credit_notes.models import CreditNote, CreditNoteLine
from billing.lines import taxes

PRICE = {"quantity", "unit_price", "discount"}


@transaction.atomic
def replace(note: CreditNote, rows: list[dict], *, by) -> CreditNote:
    """Make the lines of a draft those of ``rows``, in their order.

    A row with the ``id`` of a line changes it, one without adds a line, a line that no row names
    is removed. Nothing is written where nothing differs.
    """
    note = draft(note)
    before = {line.pk: line for line in note.lines.order_by("position", "pk")}
    shown = [facts(line) for line in before.values()]
    named = [row["id"] for row in rows if row.get("id") is not None]
    if len(set(named)) < len(named):
        raise BusinessError("A line is named twice.", field="line_items")
    lines = [merged(before, note, place, row) for place, row in enumerate(rows)]
    if [facts(line) for line in lines] == shown:
        return note
    note.lines.exclude(pk__in=named).delete()
    for line in lines:
        line.save()
    totals.recalculate(note)
    after = [facts(line) for line in note.lines.order_by("position", "pk")]
    record(note, "line_items_changed", by=by, lines=[shown, after])
    return note


def draft(note: CreditNote) -> CreditNote:
    """The locked note. Raises ``StateError`` unless its lines may still change."""
    note = operations.locked(note)
    if not note.is_draft:
        raise StateError(f"{note} is {note.status}: its lines are frozen.")
    organisation.require_open(note.issued_on, field="issued_on")
    return note


def facts(line: CreditNoteLine) -> dict:
    return {
        "id": line.pk,
        "description": line.description,
        "long_description": line.long_description,
        "quantity": line.quantity,
        "unit": line.unit,
        "unit_price": line.unit_price,
        "discount": line.discount,
        "tax_type": line.tax_type,
        "service_type_id": line.service_type_id,
        "xero_account_code": line.xero_account_code,
        "amount": line.amount,
    }


def merged(before: dict, note: CreditNote, place: int, row: dict) -> CreditNoteLine:
    """The line that a row describes: one of the note's own, or a new one."""
    values = dict(row) | {"position": place}
    pk = values.pop("id", None)
    if pk is None:
        line = operations.line_of(place, values)
        line.note = note
        return line
    if pk not in before:
        raise BusinessError("A line has been removed meanwhile. Load the page again.")
    put(before[pk], values)
    return before[pk]


def put(line: CreditNoteLine, values: dict) -> None:
    """Set the values that differ, without saving; a new tax brings its rate."""
    changes = changed(line, values)
    for name, (_, value) in changes.items():
        setattr(line, name, value)
    if "tax_type" in changes:
        line.tax_type, line.tax_rate = taxes.tax_of(values["tax_type"])
    if PRICE & changes.keys():
        line.is_summed = False

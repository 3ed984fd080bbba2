"""Changes the lines of a draft; the totals follow in the same transaction."""

from django.db import transaction
from django.db.models import Max

from agency import sql
from agency.errors import BusinessError, StateError
from agency.records.history import changed, record, spelled
from agency.reference import organisation
from billing.invoices import operations, totals, work
from billing.invoices.models import Invoice, InvoiceLine
from billing.invoices.states import InvoiceStatus
from billing.lines import taxes

PRICE = {"quantity", "unit_price", "discount"}


def draft(invoice: Invoice) -> Invoice:
    """The locked invoice. Raises ``StateError`` unless its lines may still change."""
    invoice = operations.locked(invoice)
    if invoice.status != InvoiceStatus.DRAFT:
        raise StateError(f"{invoice} is {invoice.status}: its lines are frozen.")
    organisation.require_open(invoice.issued_on, field="issued_on")
    return invoice


@transaction.atomic
def add(invoice: Invoice, *, by, **values) -> InvoiceLine:
    """Add a line; at the end unless ``position`` says otherwise."""
    invoice = draft(invoice)
    if values.get("position") is None:
        last = invoice.lines.aggregate(last=Max("position"))["last"]
        values["position"] = 0 if last is None else last + 1
    line = operations.line_of(0, values)
    line.invoice = invoice
    line.save(force_insert=True)
    totals.recalculate(invoice)
    line.refresh_from_db()
    record(invoice, "line_item_added", by=by, line=[None, facts(line)])
    return line


def facts(line: InvoiceLine) -> dict:
    return {
        "id": line.pk,
        "description": line.description,
        "quantity": line.quantity,
        "unit_price": line.unit_price,
        "amount": line.amount,
    }


@transaction.atomic
def update(line: InvoiceLine, *, by, **values) -> InvoiceLine:
    """Change a line. A new quantity or price of summed time makes it an ordinary line."""
    invoice = draft(line.invoice)
    line = find(invoice, line)
    before = facts(line)
    changes = put(line, values)
    if not changes:
        return line
    line.save()
    totals.recalculate(invoice)
    line.refresh_from_db()
    record(invoice, "line_item_updated", by=by, line=[before, facts(line)], fields=spelled(changes))
    return line


def put(line: InvoiceLine, values: dict) -> dict[str, list]:
    """Set the values that differ, without saving, and say which; a new tax brings its rate."""
    changes = changed(line, values)
    for name, (_, value) in changes.items():
        setattr(line, name, value)
    if "tax_type" in changes:
        line.tax_type, line.tax_rate = taxes.tax_of(values["tax_type"])
    if PRICE & changes.keys():
        line.is_summed = False
    return changes


def find(invoice: Invoice, line: InvoiceLine) -> InvoiceLine:
    found = invoice.lines.filter(pk=line.pk).first()
    if found is None:
        raise StateError("The line has been removed.")
    return found


@transaction.atomic
def remove(line: InvoiceLine, *, by) -> None:
    """Take a line off; the time or expense that it billed can be invoiced again."""
    invoice = draft(line.invoice)
    line = find(invoice, line)
    work.release(invoice.lines.filter(pk=line.pk), by=by)
    record(invoice, "line_item_removed", by=by, line=[facts(line), None])
    line.delete()
    totals.recalculate(invoice)


@transaction.atomic
def reorder(invoice: Invoice, ids: list[int], *, by) -> None:
    """Put the lines in the order of ``ids``, which names each of them exactly once.

    Raises ``BusinessError`` for an id that is foreign, missing or twice; nothing moves then.
    """
    invoice = draft(invoice)
    before = list(invoice.lines.order_by("position", "pk").values_list("pk", flat=True))
    if sorted(ids) != sorted(before):
        raise BusinessError("Name every line of the invoice exactly once.", field="item_ids")
    if ids == before:
        return
    invoice.lines.update(position=sql.positions(ids))
    totals.recalculate(invoice)
    record(invoice, "line_items_reordered", by=by, order=[before, ids])


@transaction.atomic
def replace(invoice: Invoice, rows: list[dict], *, by) -> Invoice:
    """Make the lines of a draft those of ``rows``, in their order: what the line editor saves.

    A row with the ``id`` of a line changes it, one without adds a line, a line that no row names
    is removed and frees what it billed. Nothing is written where nothing differs.
    """
    invoice = draft(invoice)
    before = {line.pk: line for line in invoice.lines.order_by("position", "pk")}
    require_named_once(rows)
    lines = [merged(before, invoice, place, row) for place, row in enumerate(rows)]
    gone = set(before) - {line.pk for line in lines}
    shown = [facts(line) for line in invoice.lines.order_by("position", "pk")]
    work.release(invoice.lines.filter(pk__in=gone), by=by)
    invoice.lines.filter(pk__in=gone).delete()
    for line in lines:
        line.save()
    totals.recalculate(invoice)
    after = [facts(line) for line in invoice.lines.order_by("position", "pk")]
    if after != shown:
        record(invoice, "line_items_changed", by=by, lines=[shown, after])
    return invoice


def require_named_once(rows: list[dict]) -> None:
    named = [row["id"] for row in rows if row.get("id") is not None]
    if len(set(named)) < len(named):
        raise BusinessError("A line is named twice.", field="lines")


def merged(before: dict, invoice: Invoice, place: int, row: dict) -> InvoiceLine:
    """The line that a row describes: one of the invoice's own, or a new one."""
    values = dict(row) | {"position": place}
    pk = values.pop("id", None)
    if pk is None:
        line = operations.line_of(place, values)
        line.invoice = invoice
        return line
    if pk not in before:
        raise BusinessError("A line has been removed meanwhile. Load the page again.")
    put(before[pk], values)
    return before[pk]

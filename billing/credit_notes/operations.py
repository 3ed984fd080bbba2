"""Everything that makes, changes and moves a credit note.

The API, the pages, the admin and the jobs call these functions; none of them writes a credit note
on its own. Lock order: invoice, credit note, counter; the closed period, which writers share, at
any moment.
"""

from collections.abc import Sequence
from decimal import Decimal

from django.db import transaction
from django.utils import timezone

from agency import money
from agency.errors import BusinessError, ConflictError, NotAllowedError
from agency.records.history import changed, record, spelled
from agency.reference import organisation
from agency.sql import insert_all
from billing.credit_notes import copying, issuing, totals
from billing.credit_notes.models import CreditNote, CreditNoteLine
from billing.credit_notes.states import (
    CREDIT_NOTE_WORKFLOW,
    LEVEL_OF_MOVE,
    CreditNoteStatus,
)
from billing.invoices import operations as invoices
from billing.invoices.models import Invoice
from billing.lines import amounts, taxes

# What may change on a note that is out: nothing that is printed, taxed or owed.
OPEN_WHEN_ISSUED = {"notes"}
# What the sums follow from, beside the lines.
PRICING = {"currency", "discount", "prices_include_tax"}


@transaction.atomic
def create(
    *,
    by,
    invoice: Invoice | None = None,
    lines: list[dict] | None = None,
    invoice_line_ids: Sequence[int] | None = None,
    **values,
) -> CreditNote:
    """Make a draft, with its lines given or copied from the invoice that it corrects.

    Without ``lines``, all of the invoice is taken back, or the lines with ``invoice_line_ids``.
    Raises ``BusinessError`` where nothing says whose note it is.
    """
    note = CreditNote(invoice=invoice, created_by=by, **with_defaults(invoice, values))
    require_consistent(note)
    organisation.require_open(note.issued_on, field="issued_on")
    if lines is None and invoice is not None:
        made = copying.copied(invoice, invoice_line_ids)
        note.discount = copying.discount_of(made)
        totals.keep(note, made)
    else:
        made = [line_of(position, row) for position, row in enumerate(lines or [])]
        totals.apply(note, made)
    note.save(force_insert=True)
    for line in made:
        line.note = note
    insert_all(made)
    record(note, "created", by=by, invoice=named(invoice), **facts(note))
    return note


def facts(note: CreditNote) -> dict:
    return {"currency": note.currency, **totals.shown(note, "total")}


def named(invoice: Invoice | None) -> dict | None:
    return {"id": invoice.pk, "name": str(invoice)} if invoice else None


def with_defaults(invoice: Invoice | None, values: dict) -> dict:
    """The values to start from: those given, else the invoice's, else the house's."""
    values = {name: value for name, value in values.items() if value is not None}
    if invoice is not None:
        issuing.require_correctable(invoice)
        inherited: dict = {
            "customer": invoice.customer,
            "currency": invoice.currency,
            "prices_include_tax": invoice.prices_include_tax,
        }
        if values.get("customer", invoice.customer) == invoice.customer:
            inherited["contact"] = invoice.contact
        values = inherited | values
    if values.get("contact"):
        values.setdefault("customer", values["contact"].customer)
    if values.get("customer") is None:
        raise BusinessError("Choose the company that is credited.", field="customer")
    values.setdefault("currency", organisation.current().base_currency)
    values.setdefault("issued_on", organisation.today())
    return values


def require_consistent(note: CreditNote) -> None:
    """A contact and an invoice of the same customer, one currency, a sane discount."""
    if note.contact and note.contact.customer_id != note.customer_id:
        raise BusinessError("The contact belongs to another company.", field="contact")
    if note.invoice:
        if note.invoice.customer_id != note.customer_id:
            raise BusinessError("The invoice belongs to another company.", field="invoice")
        if note.invoice.currency != note.currency:
            raise BusinessError(f"The invoice is in {note.invoice.currency}.", field="currency")
    if note.discount < 0:
        raise BusinessError("A discount cannot be negative.", field="discount")
    amounts.require_whole(Decimal(note.discount), note.currency, field="discount")


def line_of(position: int, row: dict) -> CreditNoteLine:
    """An unsaved line of given values, with its tax."""
    row = dict(row)
    code, rate = taxes.tax_of(row.pop("tax_type", ""))
    row.setdefault("position", position)
    return CreditNoteLine(tax_type=code, tax_rate=rate, **row)


def locked(note: CreditNote) -> CreditNote:
    """The note's row, locked until the transaction ends."""
    rows = CreditNote.objects.select_related("customer", "contact", "invoice")
    found = rows.select_for_update(of=("self",)).filter(pk=note.pk).first()
    if found is None:
        raise ConflictError("The credit note has been deleted.")
    return found


@transaction.atomic
def update(note: CreditNote, *, by, **values) -> CreditNote:
    """Change fields of a note. A draft is open; on an issued one only the own notes change."""
    note = locked(note)
    changes = changed(note, values)
    if not changes:
        return note
    require_unfrozen(note, changes)
    for name, (_, value) in changes.items():
        setattr(note, name, value)
    if "customer" in changes and "contact" not in changes:
        note.contact = None
    if note.is_draft:
        require_consistent(note)
        for day in changes.get("issued_on", [note.issued_on]):
            organisation.require_open(day, field="issued_on")
    if PRICING & changes.keys():
        totals.recalculate(note, also=[*changes, "contact"])
    else:
        note.save(update_fields=[*changes, "contact", "updated_at"])
    record(note, "updated", by=by, **spelled(changes))
    return note


def require_unfrozen(note: CreditNote, changes: dict) -> None:
    frozen = sorted(set(changes) - OPEN_WHEN_ISSUED)
    if frozen and not note.is_draft:
        message = f"{note} is {note.status}: void it and issue a new one to change this."
        raise ConflictError(message, field=frozen[0])
    if "invoice" in changes and changes["invoice"][1] is not None:
        issuing.require_correctable(changes["invoice"][1])


@transaction.atomic
def issue(note: CreditNote, *, by) -> CreditNote:
    """Issue a draft: it gets its number, is frozen, and can be put on invoices or paid out."""
    require_right(CreditNoteStatus.ISSUED, by=by)
    invoice = invoices.locked(note.invoice) if note.invoice else None
    note = same_invoice(locked(note), invoice)
    CREDIT_NOTE_WORKFLOW.require(note.status, CreditNoteStatus.ISSUED)
    issuing.issue(note, invoice)
    note.status, note.issued_at = CreditNoteStatus.ISSUED, timezone.now()
    note.save(update_fields=["status", *issuing.ISSUE_FIELDS, "updated_at"])
    record(note, "issued", by=by, number=note.number, **facts(note))
    if invoice is not None:
        record(invoice, "credit_note_issued", by=by, credit_note=said(note), **facts(note))
    return note


def said(note: CreditNote) -> dict:
    return {"id": note.pk, "name": str(note)}


def same_invoice(note: CreditNote, invoice: Invoice | None) -> CreditNote:
    """The locked note, unless it was pointed at another invoice before it was locked."""
    if note.invoice_id != (invoice.pk if invoice else None):
        raise ConflictError("The credit note was changed meanwhile.", field="invoice")
    return note


def require_right(target: str, *, by) -> None:
    """The right that a move needs is the same through every door; a job needs none."""
    level = LEVEL_OF_MOVE[target]
    if by is not None and not by.has_perm(f"invoices:{level}"):
        raise NotAllowedError(f"This needs invoices:{level}.", field="status")


@transaction.atomic
def void(note: CreditNote, *, by) -> CreditNote:
    """Take an issued note out of the books for good; its number stays used.

    Raises ``ConflictError`` while a part of it is on an invoice or paid out.
    """
    require_right(CreditNoteStatus.VOIDED, by=by)
    note = locked(note)
    CREDIT_NOTE_WORKFLOW.require(note.status, CreditNoteStatus.VOIDED)
    require_unused(note)
    organisation.require_open(note.issued_on, field="issued_on")
    note.status, note.voided_at = CreditNoteStatus.VOIDED, timezone.now()
    note.save(update_fields=["status", "voided_at", "updated_at"])
    record(note, "voided", by=by, number=note.number)
    return note


def require_unused(note: CreditNote) -> None:
    used = ((note.amount_applied, "on an invoice"), (note.amount_refunded, "paid back"))
    for amount, where in used:
        if amount:
            figure = f"{note.currency} {money.shown(amount, note.currency):f}"
            raise ConflictError(f"{note} cannot be voided while {figure} of it is {where}.")


@transaction.atomic
def match(note: CreditNote, xero_id: str, *, by) -> None:
    """Note under which id the books know a note of ours; one that is known keeps its id."""
    note = locked(note)
    if note.xero_credit_note_id:
        return
    note.xero_credit_note_id = xero_id
    note.save(update_fields=["xero_credit_note_id", "updated_at"])
    record(note, "credit_note_matched", by=by, xero_credit_note_id=[None, xero_id])


@transaction.atomic
def delete(note: CreditNote, *, by) -> None:
    """Remove a draft. An issued note keeps its number: it is voided instead."""
    if by is not None and not by.has_perm("invoices:manage"):
        raise NotAllowedError("This needs invoices:manage.")
    note = locked(note)
    if not note.is_draft:
        raise ConflictError(f"{note} is {note.status}: only a draft is deleted. Void it instead.")
    record(note, "deleted", by=by, **facts(note))
    note.delete()

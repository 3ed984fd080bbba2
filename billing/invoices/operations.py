"""Everything that makes, changes and moves an invoice.

The APIs, the pages, the admin and the jobs call these functions; none of them writes an invoice on
its own. Lock order: budget, invoice, time entries, expenses, counter; the closed period,
which writers share, at any moment.
"""

from decimal import Decimal

from django.db import transaction
from django.utils import timezone

from agency import money
from agency.errors import BusinessError, ConflictError, NotAllowedError
from agency.records.history import changed, record, spelled
from agency.reference import organisation
from agency.sql import insert_all
from billing.invoices import books, from_budget, issuing, totals, work
from billing.invoices.figures import Figures
from billing.invoices.models import Invoice, InvoiceLine
from billing.invoices.states import (
    INVOICE_WORKFLOW,
    ISSUED,
    LEVEL_OF_MOVE,
    MOVE_TO,
    InvoiceStatus,
)
from billing.lines import amounts, taxes
from budgets.budgets import operations as budgets
from budgets.budgets.models import Budget
from crm.onboarding import operations as onboarding

# What the work that an invoice bills was chosen by.
PARTIES = {"currency", "customer", "budget"}
# What may change on an invoice that is out: nothing that is printed, taxed or owed.
OPEN_WHEN_ISSUED = {
    "notes",
    "po_number",
    "allowed_modes",
    "engagement",
    "cogs",
    "profit",
    "margin_pct",
}
# What the sums follow from, beside the lines.
PRICING = {"currency", "discount", "discount_percent", "adjustment", "prices_include_tax"}


@transaction.atomic
def create(
    *,
    by,
    budget: Budget | None = None,
    generate_from_budget: bool = False,
    lines: list[dict] | None = None,
    number: str | None = None,
    take_number: bool = False,
    figures: Figures | None = None,
    **values,
) -> Invoice:
    """Make a draft, with its lines given or taken from the budget.

    ``take_number`` gives it the next number at once; else it gets one when it is issued. With
    ``figures`` its sums are kept as they were sent, until a line changes. Raises
    ``ConflictError`` where there is nothing to bill, a number is taken or the period is closed.
    """
    if generate_from_budget:
        if budget is None:
            raise BusinessError("Say which budget to invoice.", field="budget")
        budget = budgets.locked(budget)
    invoice = Invoice(budget=budget, created_by=by, **with_defaults(budget, values))
    require_consistent(invoice)
    require_own_engagement(invoice)
    organisation.require_open(invoice.issued_on, field="issued_on")
    if generate_from_budget and budget is not None:
        require_currency(invoice, budget)
        draft = from_budget.drafted(budget, lock=True)
    else:
        made = [line_of(position, row) for position, row in enumerate(lines or [])]
        draft = from_budget.Draft(made, [[] for _ in made])
    if figures is None:
        totals.apply(invoice, draft.lines)
    else:
        totals.keep(invoice, draft.lines, subtotal=figures.subtotal, tax=figures.tax)
    number_it(invoice, number, take=take_number)
    invoice.save(force_insert=True)
    keep_lines(invoice, draft)
    record(invoice, "created", by=by, budget=str(budget) if budget else None, **facts(invoice))
    welcome(invoice, by=by)
    return invoice


def welcome(invoice: Invoice, *, by) -> None:
    """Tick the step of its company's onboarding that the first invoice is."""
    if invoice.customer:
        onboarding.complete(invoice.customer, "first_invoice", by=by, source="auto")


def facts(invoice: Invoice) -> dict:
    return {"currency": invoice.currency, "total": totals.shown(invoice)["total"]}


def with_defaults(budget: Budget | None, values: dict) -> dict:
    """The values to start from: those given, else the budget's, else the house's."""
    values = {name: value for name, value in values.items() if value is not None}
    if budget is not None:
        inherited: dict = {
            "customer": budget.customer,
            "project": budget.project,
            "currency": budget.currency,
            "po_number": budget.po_number,
            "subject": budget.name,
        }
        if values.get("customer", budget.customer) == budget.customer:
            inherited["contact"] = budget.contact
        values = {key: value for key, value in inherited.items() if value} | values
    if "contact" in values:
        values.setdefault("customer", values["contact"].customer)
    values.setdefault("currency", "AUD")
    values.setdefault("issued_on", organisation.today())
    return values


def require_own_engagement(invoice: Invoice) -> None:
    if invoice.engagement and invoice.engagement.customer_id != invoice.customer_id:
        raise BusinessError("The engagement belongs to another company.", field="engagement")


def require_consistent(invoice: Invoice) -> None:
    """A contact, budget and project of the same customer; dates in order; a sane discount."""
    customer = invoice.customer_id
    if invoice.contact and invoice.contact.customer_id != customer:
        raise BusinessError("The contact belongs to another company.", field="contact")
    if invoice.budget and invoice.budget.customer_id not in (None, customer):
        raise BusinessError("The budget belongs to another company.", field="budget")
    if invoice.project and not suits(invoice.project, invoice):
        raise BusinessError("The project belongs to another company.", field="project")
    if invoice.due_on and invoice.due_on < invoice.issued_on:
        raise BusinessError("The due date lies before the issue date.", field="due_on")
    if invoice.discount < 0:
        raise BusinessError("A discount cannot be negative.", field="discount")
    amounts.require_whole(Decimal(invoice.discount), invoice.currency, field="discount")


def suits(project, invoice: Invoice) -> bool:
    """Whether a project may stand on the invoice: its customer's, nobody's or its budget's."""
    budget = invoice.budget
    if budget and budget.project_id == project.pk:
        return True
    return None in (project.customer_id, invoice.customer_id) or (
        project.customer_id == invoice.customer_id
    )


def require_currency(invoice: Invoice, budget: Budget) -> None:
    if invoice.currency != budget.currency:
        raise BusinessError(f"The budget is in {budget.currency}.", field="currency")


def line_of(position: int, row: dict) -> InvoiceLine:
    """An unsaved line of given values, with its tax."""
    row = dict(row)
    code, rate = taxes.tax_of(row.pop("tax_type", ""))
    row.setdefault("position", position)
    return InvoiceLine(tax_type=code, tax_rate=rate, **row)


def number_it(invoice: Invoice, number: str | None, *, take: bool) -> None:
    if number:
        issuing.require_free(number, on=invoice.issued_on)
        invoice.number = number
    elif take:
        issuing.give_number(invoice)


def keep_lines(invoice: Invoice, draft: from_budget.Draft) -> None:
    """Save the lines, and mark the time that they bill: two statements, however many lines."""
    for line in draft.lines:
        line.invoice = invoice
    insert_all(draft.lines)
    work.bill(draft.lines, draft.entries)


def locked(invoice: Invoice) -> Invoice:
    """The invoice's row, locked until the transaction ends."""
    rows = Invoice.objects.live().select_related("customer", "contact", "budget", "project")
    found = rows.select_for_update(of=("self",)).filter(pk=invoice.pk).first()
    if found is None:
        raise ConflictError("The invoice has been deleted.")
    return found


def update(invoice: Invoice, *, by, status: str | None = None, **values) -> Invoice:
    """Change fields of an invoice, and its status along the allowed moves.

    A draft is open; on an issued invoice only notes and the PO number change (``ConflictError``).
    """
    if status:
        ahead(invoice, MOVE_TO.get(status, status), by=by)
    return put(invoice, by=by, status=status, **values)


def ahead(invoice: Invoice, target: str, *, by) -> None:
    """Have the books take a step first, where it is allowed here at all."""
    if INVOICE_WORKFLOW.allows(invoice.status, target):
        require_right(target, by=by)
        books.ask(invoice, target, by=by)


@transaction.atomic
def put(invoice: Invoice, *, by, status: str | None = None, **values) -> Invoice:
    """The part of updating that is ours alone."""
    invoice = locked(invoice)
    changes = changed(invoice, values)
    if changes:
        require_unfrozen(invoice, changes)
        write(invoice, changes, by=by)
    if status and status not in {invoice.shown_status, invoice.status, invoice.standing}:
        invoice = move(invoice, MOVE_TO.get(status, status), by=by)
    return invoice


def require_unfrozen(invoice: Invoice, changes: dict) -> None:
    frozen = sorted(set(changes) - OPEN_WHEN_ISSUED)
    if invoice.status == InvoiceStatus.DRAFT or not frozen:
        return
    message = f"{invoice} is {invoice.status}: void it and issue a new one to change this."
    raise ConflictError(message, field=frozen[0])


def write(invoice: Invoice, changes: dict, *, by) -> None:
    """Set the changed fields of a draft, or the open ones of an issued invoice."""
    require_changeable(invoice, changes)
    for name, (_, value) in changes.items():
        setattr(invoice, name, value)
    if "discount" in changes and "discount_percent" not in changes:
        invoice.discount_percent = None
    follow(invoice, changes, by=by)
    require_own_engagement(invoice)
    if invoice.status == InvoiceStatus.DRAFT:
        require_consistent(invoice)
    written = [*changes, "contact", "project", "engagement", "discount_percent"]
    if PRICING & changes.keys():
        totals.recalculate(invoice, also=written)  # one write: the sums always add up
    else:
        invoice.save(update_fields=[*written, "updated_at"])
    record(invoice, "updated", by=by, **spelled(changes))


def require_changeable(invoice: Invoice, changes: dict) -> None:
    """A free number, an open day before and after, the parties of the work that it bills."""
    if changes.get("number", [None, None])[1]:
        issuing.require_free(changes["number"][1], on=invoice.issued_on)
    require_same_parties(invoice, changes)
    if changes.keys() - OPEN_WHEN_ISSUED:
        for day in changes.get("issued_on", [invoice.issued_on]):
            organisation.require_open(day, field="issued_on")


def require_same_parties(invoice: Invoice, changes: dict) -> None:
    """Work was chosen by its company and currency, time by its budget too: they stay with it."""
    chosen = sorted(PARTIES & changes.keys())
    if chosen and work.bills_time(invoice):
        message = "The invoice bills time: its company, budget and currency stay."
        raise ConflictError(message, field=chosen[0])
    chosen = [name for name in chosen if name != "budget"]
    if chosen and work.bills_expenses(invoice):
        message = "The invoice bills expenses: its company and currency stay."
        raise ConflictError(message, field=chosen[0])


def follow(invoice: Invoice, changes: dict, *, by) -> None:
    """What else changes with a field: another company's contact, another budget's project."""
    if "budget" in changes:
        invoice.lines.update(budget_line=None)  # lines of the budget that was
        if "project" not in changes and invoice.budget:
            invoice.project = invoice.budget.project
    if "customer" in changes:
        if "contact" not in changes:
            invoice.contact = None
        if "engagement" not in changes:
            invoice.engagement = None
        if "project" not in changes and invoice.project and not suits(invoice.project, invoice):
            invoice.project = None
        welcome(invoice, by=by)


@transaction.atomic
def move(
    invoice: Invoice, target: str, *, by, verb: str | None = None, is_fact: bool = False
) -> Invoice:
    """Take an invoice to a status, with everything that belongs to that step.

    What ``is_fact`` has happened in the books already: a closed period does not undo it. Raises
    ``StateError`` naming the allowed moves, ``NotAllowedError`` without the right.
    """
    require_right(target, by=by)
    invoice = locked(invoice)
    previous = invoice.status
    INVOICE_WORKFLOW.require(previous, target)
    books.require_agreed(invoice, target)
    fields = ["status", f"{target}_at", "updated_at"]
    if target == InvoiceStatus.VOIDED:
        require_unsettled(invoice, "voided")
        if not is_fact:
            organisation.require_open(invoice.issued_on, field="issued_on")
        work.release(invoice.lines.all(), by=by)
    elif previous == InvoiceStatus.DRAFT:
        issuing.issue(invoice)
        fields += [*issuing.ISSUE_FIELDS, *({"finalised_at"} - {f"{target}_at"})]
        invoice.finalised_at = timezone.now()
    invoice.status = target
    setattr(invoice, f"{target}_at", timezone.now())
    invoice.save(update_fields=fields)
    record(invoice, verb or target, by=by, status=[previous, target], number=invoice.number)
    return invoice


def require_right(target: str, *, by) -> None:
    """The right that a move needs is the same through every door; a job needs none."""
    level = LEVEL_OF_MOVE.get(target)
    if by is not None and level and not by.has_perm(f"invoices:{level}"):
        raise NotAllowedError(f"This needs invoices:{level}.", field="status")


def require_unsettled(invoice: Invoice, step: str) -> None:
    for amount, what in ((invoice.amount_paid, "paid"), (invoice.amount_credited, "credited")):
        if amount:
            figure = f"{invoice.currency} {money.shown(amount, invoice.currency):f}"
            raise ConflictError(f"The invoice cannot be {step} while {figure} is {what}.")


def finalise(invoice: Invoice, *, by) -> Invoice:
    """Issue a draft: it gets its number and is frozen."""
    return move(invoice, InvoiceStatus.FINALISED, by=by)


def approve(invoice: Invoice, *, by) -> Invoice:
    """Clear an invoice for sending, in the books first where they have it."""
    ahead(invoice, InvoiceStatus.APPROVED, by=by)
    return move(invoice, InvoiceStatus.APPROVED, by=by)


def void(invoice: Invoice, *, by) -> Invoice:
    """Take an issued invoice out of the books for good; its number stays used."""
    ahead(invoice, InvoiceStatus.VOIDED, by=by)
    return move(invoice, InvoiceStatus.VOIDED, by=by)


def delete(invoice: Invoice, *, by) -> None:
    """Remove a draft; void and hide what has a number, which stays used.

    Raises ``ConflictError`` while something is paid or credited, or where the books refuse.
    """
    if by is not None and not by.has_perm("invoices:manage"):
        raise NotAllowedError("This needs invoices:manage.")
    require_unsettled(invoice, "deleted")
    books.ask(invoice, books.DELETED, by=by)
    take_away(invoice, by=by)


@transaction.atomic
def take_away(invoice: Invoice, *, by) -> None:
    """The part of deleting that is ours alone."""
    invoice = locked(invoice)
    require_unsettled(invoice, "deleted")
    books.require_agreed(invoice, InvoiceStatus.VOIDED)  # a linked draft too
    if invoice.status in ISSUED:
        invoice = move(invoice, InvoiceStatus.VOIDED, by=by)
    work.release(invoice.lines.all(), by=by)
    record(invoice, "deleted", by=by, **facts(invoice))
    if invoice.number is None:
        invoice.delete()
        return
    invoice.hidden_at = timezone.now()
    invoice.save(update_fields=["hidden_at", "updated_at"])

"""Everything that changes a budget. Billing locks it here and asks what is left to invoice."""

from decimal import Decimal

from django.apps import apps
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from agency import money
from agency.errors import BusinessError, ConflictError
from agency.records.history import changed, record, spelled
from budgets.budgets.models import Budget
from budgets.budgets.states import BUDGET_WORKFLOW, ResourceType
from budgets.lines import operations as lines
from crm.timesheets.models import TimeEntry


@transaction.atomic
def create(*, by, resource, **values) -> Budget:
    """Make a budget for a project, a deal or a company; draft and in AUD unless said otherwise.

    The maker owns it; the company is the resource's where none is given. Raises
    ``BusinessError`` naming the field that does not fit.
    """
    values = with_resource(resource, values)
    given = {name: value for name, value in values.items() if value is not None}
    given.setdefault("owner", by)
    budget = Budget(created_by=by, **given)
    require_at_work(budget.owner)
    settle(budget)
    budget.save(force_insert=True)
    facts = {name: [None, getattr(budget, name)] for name in given if getattr(budget, name)}
    record(budget, "created", by=by, **spelled(facts))
    return budget


@transaction.atomic
def update(budget: Budget, *, by, resource=None, status: str | None = None, **values) -> Budget:
    """Change fields of a budget, and its status.

    Raises ``BusinessError`` for values that do not fit together, ``ConflictError`` for a new
    currency once time is logged or something is invoiced.
    """
    budget = locked(budget)
    if resource is not None:
        values = with_resource(resource, values, before=budget)
    changes = write(budget, values)
    if changes:
        record(budget, "updated", by=by, **spelled(changes))
    if status and status != budget.status:
        budget = move(budget, status, by=by)
    return budget


@transaction.atomic
def move(budget: Budget, target: str, *, by) -> Budget:
    """Give the budget another status."""
    budget = locked(budget)
    previous = budget.status
    BUDGET_WORKFLOW.require(previous, target)
    budget.status = target
    budget.save(update_fields=["status", "updated_at"])
    record(budget, "status_changed", by=by, status=[previous, target])
    return budget


@transaction.atomic
def delete(budget: Budget, *, by) -> None:
    """Remove a budget with its lines; its history stays.

    Raises ``ConflictError`` while a live invoice or approved time refers to it. Time that is not
    approved stays with its task, without a budget.
    """
    budget = locked(budget)
    invoices = apps.get_model("billing", "Invoice").objects.filter(budget=budget)
    billed = apps.get_model("billing", "InvoiceLine").objects.filter(budget_line__budget=budget)
    entries = TimeEntry.objects.filter(Q(budget=budget) | Q(budget_line__budget=budget))
    if invoices.counted().exists() or billed.counted().exists():
        raise ConflictError(f"“{budget}” is on an invoice. Void that first.")
    if entries.hold_approved():
        raise ConflictError(f"Approved time is logged on “{budget}”. Archive it instead.")
    facts = {"customer": budget.customer, "amount": agreed_amount(budget)}
    record(budget, "deleted", by=by, **spelled({key: [fact, None] for key, fact in facts.items()}))
    entries.update(budget=None, budget_line=None, updated_at=timezone.now())
    billed.update(budget_line=None)  # only voided invoices are left
    invoices.update(budget=None)
    budget.delete()


# -- what billing asks -------------------------------------------------------------------------
def locked(budget: Budget) -> Budget:
    """The budget's row, read anew and locked until the transaction ends."""
    return budget.locked()


def agreed_amount(budget: Budget) -> Decimal:
    """The budget's amount in its currency, net of tax: its own total, else the lines' sum."""
    return budget.figures.agreed


def remaining_to_invoice(budget: Budget) -> Decimal:
    """The agreed amount less what live invoices have billed, net of tax; never below zero.

    Read it on a budget that ``locked`` gave, so that nobody bills at the same time.
    """
    return budget.figures.remaining


# -- writing -----------------------------------------------------------------------------------
def write(budget: Budget, values: dict) -> dict[str, list]:
    """Set and save what differs; what has changed, with what follows from it."""
    wanted = changed(budget, values)
    if not wanted:
        return {}
    if "currency" in wanted:
        require_nothing_in_currency(budget)
    if "customer" in wanted and "contact" not in values:
        wanted["contact"] = [budget.contact, None]
    if "owner" in wanted:
        require_at_work(values["owner"])
    before = {name: getattr(budget, name) for name in (*wanted, "total_amount")}
    for name, (_, value) in wanted.items():
        setattr(budget, name, value)
    settle(budget)
    budget.save(update_fields=[*before, "updated_at"])
    if "currency" in wanted:
        lines.reprice(budget)
    after = {name: [old, getattr(budget, name)] for name, old in before.items()}
    return {name: pair for name, pair in after.items() if pair[0] != pair[1]}


def settle(budget: Budget) -> None:
    """Round the total to the currency, and refuse what does not fit together."""
    if budget.total_amount is not None:
        budget.total_amount = money.rounded(budget.total_amount, budget.currency)
    if budget.resource_type == ResourceType.COMPANY and budget.customer is None:
        raise BusinessError("A company's budget needs the company.", field="customer")
    if budget.contact and budget.contact.customer_id != budget.customer_id:
        raise BusinessError("The contact belongs to another company.", field="contact")
    if budget.starts_on and budget.forecast_on and budget.forecast_on < budget.starts_on:
        raise BusinessError("The budget ends before it starts.", field="forecast_on")


def require_at_work(person) -> None:
    if person is not None and not person.is_active:
        raise BusinessError(f"{person} has left.", field="owner")


def require_nothing_in_currency(budget: Budget) -> None:
    invoices = apps.get_model("billing", "Invoice").objects.counted()
    if TimeEntry.objects.filter(budget=budget).exists() or invoices.filter(budget=budget).exists():
        raise ConflictError(
            f"Time or invoices on this budget are in {budget.currency}.", field="currency"
        )


def with_resource(resource, values: dict, before: Budget | None = None) -> dict:
    """The columns that follow from what the budget is for.

    A company that came with the old resource goes with it; one that was chosen stays.
    """
    kind = "company" if resource.subject_name == "customer" else resource.subject_name
    values = dict(values, resource_type=kind, project=None, deal=None)
    if kind == ResourceType.COMPANY:
        if values.setdefault("customer", resource) != resource:
            raise BusinessError("The budget is for another company.", field="customer")
        return values
    values[kind] = resource
    follows = before is None or before.customer_id == company_of(before.resource)
    if values.get("customer") is None and (follows or "customer" in values):
        values["customer"] = resource.customer
    return values


def company_of(resource) -> int | None:
    return resource.pk if resource.subject_name == "customer" else resource.customer_id

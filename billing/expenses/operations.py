"""Everything that notes, changes and removes an expense.

The APIs, the pages, the admin and the jobs call these functions. Which invoice passes an expense
on is written by ``billing.invoices.filling``.
"""

from collections.abc import Iterable

from django.db import transaction

from agency import money
from agency.errors import BusinessError, ConflictError, StateError
from agency.records.files import operations as files
from agency.records.history import changed, record, spelled
from agency.reference import organisation
from billing.expenses.models import Expense, ExpenseCategory
from billing.lines import amounts, taxes
from crm.customers.operations import require_currency
from crm.deals.operations import usual_currency

NAMED = ("category", "customer", "project", "payment_mode")
PRICE = {"amount", "currency", "tax_type"}


@transaction.atomic
def create(*, by, receipts: Iterable = (), **values) -> Expense:
    """Note an expense; ``category`` and ``amount`` (before tax, in ``currency``) are needed.

    The day defaults to today, the customer to the project's, the currency to the customer's, then
    the organisation's; without a ``tax_type`` there is no tax. ``receipts`` are uploaded files.
    Raises ``BusinessError`` naming the field, ``ConflictError`` for a day in the closed period.
    """
    values = {name: value for name, value in values.items() if value is not None}
    require_currency(values)
    expense = Expense(created_by=by, **{"spent_on": organisation.today()} | values)
    follow_project(expense, values)
    expense.currency = values.get("currency") or usual_currency(expense.customer)
    require_sound(expense, values)
    organisation.require_open(expense.spent_on, field="spent_on")
    price(expense)
    expense.save(force_insert=True)
    record(expense, "created", by=by, **facts(expense))
    keep(expense, receipts, by=by)
    return expense


def pass_on(*, by, **values) -> Expense:
    """Note an expense that a customer pays back, in the first category that is in use."""
    category = ExpenseCategory.objects.filter(is_active=True).order_by("pk").first()
    return create(by=by, category=category, is_billable=True, **values)


def facts(expense: Expense) -> dict:
    amount = money.shown(expense.amount, expense.currency)
    return {"currency": expense.currency, "amount": amount, "spent_on": expense.spent_on}


def follow_project(expense: Expense, given) -> None:
    """A project brings its customer; another customer leaves the project behind."""
    project = expense.project
    if project is None:
        return
    if "project" in given and given.get("customer") is None:
        expense.customer = project.customer
    elif "project" not in given and project.customer_id != expense.customer_id:
        expense.project = None


def require_sound(expense: Expense, given) -> None:
    """A category and mode in use, an amount above zero, a project of the same customer."""
    if expense.category_id is None:
        raise BusinessError("Choose a category.", field="category")
    for name in ("category", "payment_mode"):
        if given.get(name) is not None and not given[name].is_active:
            raise BusinessError(f"“{given[name]}” is no longer in use.", field=name)
    if expense.amount is None or expense.amount <= 0:
        raise BusinessError("An expense is above zero.", field="amount")
    amounts.require_whole(expense.amount, expense.currency)
    if expense.project and expense.project.customer_id != expense.customer_id:
        raise BusinessError("The project belongs to another company.", field="project")


def price(expense: Expense) -> None:
    """Take the rate of the tax as it is now, and the sums that follow from it."""
    code = expense.tax_type
    expense.tax_type, expense.tax_rate = taxes.tax_of(code) if code else ("", money.ZERO)
    sums = money.taxed(expense.amount, expense.tax_rate, expense.currency, inclusive=False)
    expense.tax, expense.total = sums.tax, sums.gross


def keep(expense: Expense, receipts: Iterable, *, by) -> None:
    for file in receipts:
        files.create(expense, by=by, file=file)


def locked(expense: Expense) -> Expense:
    """The row as it is now, locked until the transaction ends."""
    return locked_all([expense])[0]


def locked_all(expenses: Iterable[Expense]) -> list[Expense]:
    """The rows as they are now, in the order of their keys. Locks them; invoices come before."""
    pks = {expense.pk for expense in expenses}
    rows = Expense.objects.select_for_update(of=("self",)).select_related(*NAMED)
    found = list(rows.filter(pk__in=pks).order_by("pk"))
    if len(found) < len(pks):
        raise ConflictError("An expense has been deleted meanwhile.")
    return found


@transaction.atomic
def update(expense: Expense, *, by, receipts: Iterable = (), **values) -> Expense:
    """Change an expense that no invoice passes on; the tax follows. Raises as ``create``.

    ``StateError`` while it is billed; receipts may be added even then.
    """
    expense = locked(expense)
    require_currency(values)
    before = changed(expense, values)
    if before:
        write(expense, before, values, by=by)
    keep(expense, receipts, by=by)
    return expense


def write(expense: Expense, changes: dict, given: dict, *, by) -> None:
    require_unbilled(expense)
    was = {name: getattr(expense, name) for name in (*changes, "customer", "project")}
    organisation.require_open(expense.spent_on, field="spent_on")
    for name, (_, value) in changes.items():
        setattr(expense, name, value)
    follow_project(expense, given)
    require_sound(expense, {name: given[name] for name in changes})
    organisation.require_open(expense.spent_on, field="spent_on")
    if PRICE & changes.keys():
        price(expense)
    expense.save()
    pairs = {name: [value, getattr(expense, name)] for name, value in was.items()}
    told = {name: pair for name, pair in pairs.items() if pair[0] != pair[1]}
    record(expense, "updated", by=by, **spelled(told))


def require_unbilled(expense: Expense) -> None:
    """Raise ``StateError`` for an expense that an invoice passes on."""
    if expense.is_billed:
        raise StateError("This expense is on an invoice and locked.")


def categorise(expense: Expense, *, by, category) -> Expense:
    """Put an expense into another category."""
    return update(expense, by=by, category=category)


@transaction.atomic
def delete(expense: Expense, *, by) -> None:
    """Remove an expense that no invoice passes on; its history stays."""
    expense = locked(expense)
    require_unbilled(expense)
    organisation.require_open(expense.spent_on, field="spent_on")
    record(expense, "deleted", by=by, **facts(expense))
    expense.delete()

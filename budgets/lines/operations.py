"""Everything that changes the lines of a budget.

Every step locks the budget first, writes its history there and renews its entity tag.
"""

from collections import Counter
from decimal import Decimal

from django.apps import apps
from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from agency import money, sql
from agency.errors import BusinessError, ConflictError
from agency.records.history import changed, record, spelled
from budgets.lines.models import BudgetLine
from crm.timesheets.models import TimeEntry


@transaction.atomic
def create(
    budget,
    *,
    by,
    quantity: Decimal = Decimal(1),
    unit_price: Decimal | None = None,
    position: int | None = None,
    service_type=None,
    **values,
) -> BudgetLine:
    """Add a line; its amount is quantity × unit price, rounded to the budget's currency.

    Without a price the service's usual rate is taken, without a position it goes to the end.
    Raises ``BusinessError`` for a service that is switched off or an amount out of range.
    """
    budget = budget.locked()
    require_offered(service_type)
    if unit_price is None:
        unit_price = usual_price(service_type)
    if position is None:
        last = budget.lines.aggregate(last=Max("position"))["last"]
        position = 0 if last is None else last + 1
    line = BudgetLine(
        budget=budget,
        quantity=quantity,
        unit_price=unit_price,
        position=position,
        service_type=service_type,
        **values,
    )
    price(line)
    line.save(force_insert=True)
    require_sum_in_range(budget)
    budget.touch()
    record(budget, "line_item_added", by=by, line=named(line), **pairs(None, line))
    return line


@transaction.atomic
def update(line: BudgetLine, *, by, **values) -> BudgetLine:
    """Change a line; its amount is worked out anew from what was given and what stands.

    A service chosen for a line without a price brings its usual rate.
    """
    line = locked(line)
    before = named(line)
    if "service_type" in values and values["service_type"] != line.service_type:
        require_offered(values["service_type"])
        if "unit_price" not in values and not line.unit_price and values["service_type"]:
            values["unit_price"] = None
    if values.get("unit_price", line.unit_price) is None:
        values["unit_price"] = usual_price(values.get("service_type", line.service_type))
    changes = changed(line, values)
    if not changes:
        return line
    previous = line.amount
    for name in changes:
        setattr(line, name, values[name])
    price(line)
    if line.amount != previous:
        changes["amount"] = [previous, line.amount]
    line.save(update_fields=[*changes, "updated_at"])
    require_sum_in_range(line.budget)
    line.budget.touch()
    record(line.budget, "line_item_updated", by=by, line=before, **spelled(changes))
    return line


@transaction.atomic
def delete(line: BudgetLine, *, by) -> None:
    """Take a line off its budget.

    Raises ``ConflictError`` while approved time or a live invoice refers to it. Time that is not
    approved stays on the budget, without a line.
    """
    line = locked(line)
    entries = TimeEntry.objects.filter(budget_line=line)
    billed = apps.get_model("billing", "InvoiceLine").objects.filter(budget_line=line)
    if billed.counted().exists():
        raise ConflictError(f"“{line}” is on an invoice. Void that first.")
    if entries.hold_approved():
        raise ConflictError(f"Approved time is logged on “{line}”.")
    entries.update(budget_line=None, updated_at=timezone.now())
    billed.update(budget_line=None)  # only voided invoices are left
    record(line.budget, "line_item_removed", by=by, line=named(line), **pairs(line, None))
    budget = line.budget
    line.delete()
    budget.touch()


@transaction.atomic
def reorder(budget, ids: list[int], *, by) -> None:
    """Put the lines in the order of ``ids``, which names each of them exactly once.

    One statement moves them all. Raises ``BusinessError`` for an id that is foreign, missing or
    twice; nothing moves then.
    """
    budget = budget.locked()
    names = dict(budget.lines.in_order().values_list("pk", "description"))
    before = list(names)
    require_same(ids, before)
    budget.lines.update(position=sql.positions(ids), updated_at=timezone.now())
    budget.touch()
    if ids != before:
        told = [[{"id": pk, "name": names[pk]} for pk in order] for order in (before, ids)]
        record(budget, "updated", by=by, line_order=told)


@transaction.atomic
def move(line: BudgetLine, places: int, *, by) -> None:
    """Move a line down by so many places, or up where the number is negative."""
    line = locked(line)
    ids = list(line.budget.lines.in_order().values_list("pk", flat=True))
    old = ids.index(line.pk)
    new = min(max(old + places, 0), len(ids) - 1)
    ids.insert(new, ids.pop(old))
    reorder(line.budget, ids, by=by)


def require_same(ids: list[int], lines: list[int]) -> None:
    """Refuse an order that is not exactly the lines of the budget."""
    if twice := [pk for pk, times in Counter(ids).items() if times > 1]:
        raise BusinessError(f"Line {twice[0]} stands there twice.", field="item_ids")
    if foreign := sorted(set(ids) - set(lines)):
        raise BusinessError(f"Line {foreign[0]} is not on this budget.", field="item_ids")
    if missing := sorted(set(lines) - set(ids)):
        raise BusinessError(
            f"Name every line of the budget: line {missing[0]} is missing.", field="item_ids"
        )


def reprice(budget) -> None:
    """Round every line anew after the budget's currency has changed."""
    lines = list(budget.lines.all())
    for line in lines:
        price(line)
        line.updated_at = timezone.now()
    BudgetLine.objects.bulk_update(lines, ["amount", "updated_at"])


def price(line: BudgetLine) -> None:
    """Set the amount: quantity × unit price in the budget's currency. Refuses what is too large."""
    line.amount = money.amount_of(line.quantity, line.unit_price, line.budget.currency)
    if abs(line.amount) > money.LARGEST:
        raise BusinessError(f"A line may come to {money.LARGEST:,} at most.", field="unit_price")


def require_sum_in_range(budget) -> None:
    if abs(sql.total_of(budget.lines.all(), "amount")) > money.LARGEST:
        raise BusinessError(
            f"The lines of a budget may come to {money.LARGEST:,} at most.", field="unit_price"
        )


def usual_price(service_type) -> Decimal:
    return service_type.default_rate if service_type else money.ZERO


def require_offered(service_type) -> None:
    if service_type is not None and not service_type.is_active:
        raise BusinessError(f"“{service_type}” is no longer offered.", field="service_type")


def locked(line: BudgetLine) -> BudgetLine:
    """The line, read anew, with its budget locked until the transaction ends."""
    budget = line.budget.locked()
    found = budget.lines.select_related("service_type", "task").filter(pk=line.pk).first()
    if found is None:
        raise ConflictError("The line has been removed.")
    found.budget = budget
    return found


def named(line: BudgetLine) -> dict:
    return {"id": line.pk, "name": line.description}


def pairs(before: BudgetLine | None, after: BudgetLine | None) -> dict[str, list]:
    """The line's figures as history keeps them when it comes or goes."""
    names = ("quantity", "unit_price", "amount", "service_type", "task")
    values = {
        name: [getattr(line, name) if line else None for line in (before, after)] for name in names
    }
    return spelled({name: pair for name, pair in values.items() if pair != [None, None]})

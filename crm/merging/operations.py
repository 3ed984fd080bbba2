"""Merges a customer that was entered twice into the one that stays.

What the agency owns of the one that goes moves: people, work, money, words and files. It stays
itself, inactive, with its history and the way to the other. An issued invoice keeps every word and
figure that it was printed with, buyer included; it only comes to be filed under the customer that
stays, which the database lets through along ``merged_into`` and nowhere else.
"""

from django.db import transaction

from agency.errors import BusinessError, ConflictError
from agency.records.history import changed, record
from crm.customers import operations as customers
from crm.customers.models import Customer
from crm.merging import moving, people
from crm.rows import write

ADDRESS = ("city", "state", "postcode", "country")
# An address is taken over whole or not at all; an empty currency or term has a meaning already.
TAKEN = (
    ("tax_number",),
    ("email",),
    ("phone",),
    ("website",),
    ("domain",),
    ("address", *ADDRESS),
    *(
        (f"{kind}_street", *(f"{kind}_{part}" for part in ADDRESS))
        for kind in ("billing", "shipping")
    ),
)


@transaction.atomic
def merge(gone: Customer, *, into: Customer, by) -> Customer:
    """Move all that ``gone`` has to ``into``, which is returned.

    Raises ``BusinessError`` for a customer and itself, ``ConflictError`` when either was merged
    before.
    """
    if gone.pk == into.pk:
        raise BusinessError("A customer cannot be merged into itself.")
    gone, stays = locked(gone, into)
    for one in (gone, stays):
        customers.require_unmerged(one)
    fill(stays, gone, by=by)
    write(gone, changed(gone, {"is_active": False, "merged_into": stays}))
    moved = carry(gone, stays, by=by)
    record(stays, "merged", by=by, customer=people.named(gone), moved=moved)
    record(gone, "merged_into", by=by, customer=people.named(stays), moved=moved)
    return stays


def locked(*records: Customer) -> list[Customer]:
    """The rows in the order asked for, locked in the order of their keys.

    A row that only names a customer need not wait, so no two can wait for one another.
    """
    keys = [one.pk for one in records]
    rows = Customer.objects.select_for_update(no_key=True).filter(pk__in=keys).order_by("pk")
    found = {row.pk: row for row in rows}
    if gone := [one for one in records if one.pk not in found]:
        raise ConflictError(f"“{gone[0]}” has been deleted meanwhile.")
    return [found[key] for key in keys]


def fill(stays: Customer, gone: Customer, *, by) -> None:
    """Give the customer that stays what it lacks, of the details and its owner."""
    values = taken(stays, gone)
    if stays.owner is None and gone.owner and gone.owner.is_active:
        values["owner"] = gone.owner
    values["is_active"] = stays.is_active or gone.is_active
    customers.update(stays, by=by, **values)


def taken(stays: Customer, gone: Customer) -> dict:
    """The details that the customer that stays takes over: {field: value}."""
    lacking = [names for names in TAKEN if not any(getattr(stays, name) for name in names)]
    return {name: getattr(gone, name) for names in lacking for name in names}


def carry(gone: Customer, stays: Customer, *, by) -> dict[str, int]:
    """Move what a merged customer has; twice moves nothing. Answers how many of each kind."""
    contacts = gone.contacts.count()
    twins = people.join_contacts(gone, stays, by=by)
    moved = moving.move(gone, stays, {old.pk: new.pk for old, new in twins.items()})
    people.drop(twins)
    people.join_checklists(gone, stays)
    return dict(moved) | ({"contacts": contacts} if contacts else {})


@transaction.atomic
def carry_later(gone: Customer, *, by=None) -> dict[str, int]:
    """Move what somebody added to a customer while, or after, it was merged."""
    if gone.merged_into is None:
        raise ConflictError(f"“{gone}” was not merged.")
    gone, stays = locked(gone, gone.merged_into)
    moved = carry(gone, stays, by=by)
    if moved:
        record(stays, "merged", by=by, customer=people.named(gone), moved=moved)
    return moved

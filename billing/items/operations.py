"""Everything that changes the catalogue. Lines that were made from an item stay as they are."""

from django.db import transaction

from agency.errors import BusinessError
from agency.reference import writing
from billing.items.models import Item


@transaction.atomic
def create(*, by, **values) -> Item:
    """Add an item; ``rate`` is the price of one unit, net of tax, with up to four decimals.

    Raises ``BusinessError`` naming the field, as for a tax that is no longer in use.
    """
    require_tax_in_use(values.get("tax"))
    item = Item(**values)
    return writing.add(item, by=by, description=item.description, rate=item.rate)


@transaction.atomic
def update(item: Item, *, by, **values) -> Item:
    """Change an item. A retired tax may stay where it is, but nobody chooses it anew."""
    item = writing.locked(item)
    tax = values.get("tax")
    if tax is not None and tax.pk != item.tax_id:
        require_tax_in_use(tax)
    return writing.change(item, by=by, **values)


@transaction.atomic
def delete(item: Item, *, by) -> None:
    """Take an item out of the catalogue for good."""
    writing.remove(item, by=by)


def offer(item: Item, *, by) -> Item:
    """Let lines start from the item again."""
    return update(item, by=by, is_active=True)


def withdraw(item: Item, *, by) -> Item:
    """Keep the item, but offer it no more."""
    return update(item, by=by, is_active=False)


def require_tax_in_use(tax) -> None:
    if tax is not None and not tax.is_active:
        raise BusinessError(f"“{tax}” is no longer in use.", field="tax")

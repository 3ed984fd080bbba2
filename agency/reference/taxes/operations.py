"""Taxes are made, changed and retired here. Documents keep the rate that they were made with."""

from decimal import Decimal

from django.db import transaction

from agency.errors import ConflictError
from agency.records.history import record
from agency.reference import taxes, writing
from agency.reference.taxes.models import Tax


@transaction.atomic
def create(*, code: str, name: str, rate: Decimal, is_default: bool = False, by) -> Tax:
    """Make a tax; ``rate`` is a fraction of at most 4 decimals: 0.10 is 10 %."""
    if is_default:
        _release_default(by=by)
    tax = Tax(code=code.upper(), name=name, rate=rate, is_default=is_default)
    tax = writing.add(tax, by=by, code=tax.code, rate=rate)
    _forget_rates()
    return tax


@transaction.atomic
def update(tax: Tax, *, by, **values) -> Tax:
    """Change name, rate (a fraction), use or the default mark; the code stays.

    Exactly one active tax is the default: another takes the mark over, nobody just drops it.
    """
    tax = writing.locked(tax)
    if values.get("is_default") and not tax.is_default:
        _release_default(by=by)
    if tax.is_default and not (values.get("is_default", True) and values.get("is_active", True)):
        raise ConflictError("Make another tax the default first.", field="is_default")
    if values.get("is_default") and not values.get("is_active", tax.is_active):
        raise ConflictError("The default must be in use.", field="is_active")
    tax = writing.change(tax, by=by, **values)
    _forget_rates()
    return tax


def _forget_rates() -> None:
    """Now for what this transaction prices, and again once the change stands for all."""
    taxes.forget()
    transaction.on_commit(taxes.forget)


def _release_default(*, by) -> None:
    for tax in Tax.objects.select_for_update().filter(is_default=True):
        tax.is_default = False
        tax.save(update_fields=["is_default"])
        record(tax, "updated", by=by, is_default=[True, False])

"""Credit notes that tests start from."""

from decimal import Decimal

from billing.credit_notes import operations
from billing.invoices.tests.factories import ISSUED_ON, make_customer


def make_note(by, *, lines=(("Goodwill", "1", "100.00"),), **values):
    """A draft with lines of (description, quantity, unit price); of an invoice, all of it."""
    values.setdefault("issued_on", ISSUED_ON)
    if "invoice" in values:
        return operations.create(by=by, **values)
    values.setdefault("customer", values.get("customer") or make_customer())
    rows = [
        {"description": text, "quantity": Decimal(quantity), "unit_price": Decimal(price)}
        for text, quantity, price in lines
    ]
    return operations.create(by=by, lines=rows, **values)


def make_issued_note(by, **values):
    """An issued credit note: it has its number, is frozen, and can be used."""
    return operations.issue(make_note(by, **values), by=by)

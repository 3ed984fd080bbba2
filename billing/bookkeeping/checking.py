"""What must be there before an invoice may go to Xero; each refusal names the field."""

from collections.abc import Sequence
from decimal import Decimal

from agency import money
from agency.errors import BusinessError
from agency.ui import formats
from billing.invoices.models import Invoice, InvoiceLine
from billing.xero import building
from billing.xero import values as v
from billing.xero.models import Connection

MOST_DECIMALS = 2


def require_ready(invoice: Invoice, lines: Sequence[InvoiceLine], connection: Connection) -> None:
    """A customer, a number, both dates, lines, an open period, a currency that Xero can hold."""
    if invoice.customer_id is None:
        raise BusinessError("Choose a company before it goes to Xero.", field="customer")
    for name, words in (("number", "a number"), ("issued_on", "a date"), ("due_on", "a due date")):
        if not getattr(invoice, name):
            raise BusinessError(f"Xero needs {words}.", field=name)
    if not lines:
        raise BusinessError("Xero needs at least one line.", field="lines")
    decimals = money.decimals(invoice.currency)
    if decimals > MOST_DECIMALS:
        raise BusinessError(
            f"Xero keeps {MOST_DECIMALS} decimals, {invoice.currency} has {decimals}.",
            field="currency",
        )
    require_open(invoice, connection)


def require_open(invoice: Invoice, connection: Connection) -> None:
    """Xero writes nothing on or before its lock dates."""
    locks = filter(None, (connection.locked_until, connection.closed_until))
    until = max(locks, default=None)
    if until and invoice.issued_on <= until:
        day = formats.day(until)
        raise BusinessError(f"The books in Xero are locked until {day}.", field="issued_on")


def require_account(code: str, statuses: dict[str, str], *, field: str) -> None:
    """An account that is in use in Xero; before its lists were read, any."""
    if not code:
        raise BusinessError(
            "No account: name one on the line, map its service type or set a default.", field=field
        )
    if not statuses:
        return
    if code not in statuses:
        raise BusinessError(f"Xero has no account {code}.", field=field)
    if statuses[code] != "ACTIVE":
        raise BusinessError(f"The account {code} is {statuses[code].lower()} in Xero.", field=field)


def require_tax(
    line: InvoiceLine, code: str, rates: dict[str, Decimal], *, is_kept: bool, field: str
) -> None:
    """A tax type that Xero knows, with the rate that the line was taxed at."""
    if not code:
        raise BusinessError("Xero needs a tax type.", field=field)
    if not rates:
        return
    if code not in rates:
        raise BusinessError(f"Xero has no tax type {code}.", field=field)
    if not is_kept and rates[code] != line.tax_rate:
        there, here = (f"{money.plain(rate * 100):f} %" for rate in (rates[code], line.tax_rate))
        raise BusinessError(f"{code} is {there} in Xero and {here} here.", field=field)


def require_exact(line: v.Line, *, field: str) -> None:
    """Figures that reach Xero unchanged."""
    for amount in (line.quantity, line.unit_amount, line.discount):
        try:
            building.exact(amount)
        except BusinessError as error:
            raise BusinessError(error.message, field=field) from None

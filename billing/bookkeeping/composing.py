"""Writes an invoice of ours as the one that Xero is to make, or says what it lacks.

Xero adds up by itself: each line is rounded to two decimals, then taxed, then summed
(developer.xero.com/documentation/api/accounting/invoices, line items). So a line goes in the way
we hold it only where Xero comes to our amount with it; else as one piece at our amount.
"""

import hashlib
from collections.abc import Iterable
from decimal import Decimal
from typing import NamedTuple

from agency import money
from agency.errors import BusinessError
from billing.bookkeeping import checking
from billing.invoices.models import Invoice, InvoiceLine
from billing.lines import taxes
from billing.mapping.models import MappingRule
from billing.xero import values as v
from billing.xero.models import Connection, ListedAccount, ListedTaxRate

LONGEST_TEXT = 4000
LONGEST_REFERENCE = 255
TWO_DECIMALS = "AUD"  # Xero rounds every currency as it rounds this one
UNTAXED = ("BASEXCLUDED", "NONE")  # the first that the books know


class Sums(NamedTuple):
    """What Xero calls SubTotal, TotalTax and Total: the first is less discounts."""

    subtotal: Decimal
    tax: Decimal
    total: Decimal


class Books(NamedTuple):
    """What Xero's lists and our rules say, read once for a document."""

    connection: Connection
    accounts: dict[int, str]  # of a service type
    statuses: dict[str, str]  # of an account
    rates: dict[str, Decimal]  # of the active tax types, fractions

    @property
    def untaxed(self) -> str:
        """The tax type of what bears no tax; empty where there is none."""
        return next((code for code in UNTAXED if code in self.rates), taxes.none().code)


def books(connection: Connection) -> Books:
    rules = MappingRule.objects.values_list("service_type_id", "xero_account_code")
    statuses = dict(ListedAccount.objects.values_list("code", "status"))
    return Books(connection, dict(rules), statuses, rates())


def rates() -> dict[str, Decimal]:
    """The tax types in use in Xero, as fractions."""
    return dict(ListedTaxRate.objects.filter(status="ACTIVE").values_list("code", "rate"))


def draft(invoice: Invoice, contact_id: str, known: Books) -> v.InvoiceDraft:
    """The invoice for Xero. Raises ``BusinessError`` naming the field that it lacks."""
    lines = list(invoice.lines.order_by("position", "pk"))
    checking.require_ready(invoice, lines, known.connection)
    inclusive = is_inclusive(invoice)
    sent = [line_of(invoice, line, number, known) for number, line in enumerate(lines)]
    if invoice.adjustment:
        sent.append(adjustment_of(invoice, known))
    made = v.InvoiceDraft(
        number=invoice.number or "",
        contact_id=contact_id,
        currency=invoice.currency,
        issued_on=invoice.issued_on,
        due_on=invoice.due_on,
        lines=tuple(sent),
        reference=invoice.po_number[:LONGEST_REFERENCE],
        inclusive=inclusive,
    )
    require_equal(invoice, predicted(made, known.rates))
    return made


def is_inclusive(invoice: Invoice) -> bool:
    """Kept figures are net, whatever the prices say."""
    return invoice.prices_include_tax and not invoice.keeps_figures


def line_of(invoice: Invoice, line: InvoiceLine, number: int, known: Books) -> v.Line:
    """One line with its account and tax type; its tax unless Xero is known to take the same."""
    field = f"lines.{number}"
    account = line.xero_account_code or known.accounts.get(line.service_type_id, "")
    account = account or known.connection.default_account_code
    checking.require_account(account, known.statuses, field=f"{field}.xero_account_code")
    code = tax_type_of(invoice, line, known)
    checking.require_tax(
        line, code, known.rates, is_kept=invoice.keeps_figures, field=f"{field}.tax_type"
    )
    shaped = shape(line, account, code)
    checking.require_exact(shaped, field=f"{field}.unit_price")
    rate = known.rates.get(code)
    if rate is not None and tax_on(shaped, rate, is_inclusive(invoice)) == line.tax:
        return shaped
    return shaped._replace(tax=line.tax)


def tax_type_of(invoice: Invoice, line: InvoiceLine, known: Books) -> str:
    """The line's own; one without it that bears tax is of kept figures, and of the usual type."""
    if line.tax_type:
        return line.tax_type
    if line.tax:
        return taxes.usual().code if invoice.keeps_figures else ""
    return known.untaxed


def shape(line: InvoiceLine, account: str, code: str) -> v.Line:
    """Quantity, price and discount where they make our amount in Xero too, else one piece."""
    wanted = line.amount - line.discount_share
    text = described(line)
    whole = v.Line(
        text, line.quantity, line.unit_price, account, code, line.discount + line.discount_share
    )
    if whole.discount >= 0 and amount_of(whole) == wanted:
        return whole
    return v.Line(in_one_piece(line, text), Decimal(1), wanted, account, code)


def described(line: InvoiceLine) -> str:
    both = "\n".join(filter(None, (line.description, line.long_description)))
    return both[:LONGEST_TEXT]


def in_one_piece(line: InvoiceLine, text: str) -> str:
    """The description with what the amount was made of."""
    unit = line.unit or ("h" if line.is_summed else "")
    quantity = f"{money.plain(line.quantity):f}{f' {unit}' if unit else ''}"
    parts = f" ({quantity} × {money.plain(line.unit_price, 2):f})"
    if line.discount or line.discount_share:
        off = money.plain(line.discount + line.discount_share, 2)
        parts = f"{parts[:-1]}, discount {off:f})"
    return text[: LONGEST_TEXT - len(parts)] + parts


def adjustment_of(invoice: Invoice, known: Books) -> v.Line:
    account = known.connection.default_account_code
    checking.require_account(account, known.statuses, field="adjustment")
    if not known.untaxed:
        raise BusinessError("Xero has no tax type without tax for this.", field="adjustment")
    return v.Line("Adjustment", Decimal(1), invoice.adjustment, account, known.untaxed)


# -- what Xero will make of it --------------------------------------------------------------------
def amount_of(line: v.Line) -> Decimal:
    """Xero's LineAmount: quantity × price − discount, rounded once to two decimals."""
    return money.amount_of(line.quantity, line.unit_amount, TWO_DECIMALS, line.discount)


def tax_on(line: v.Line, rate: Decimal, inclusive: bool) -> Decimal:
    return money.taxed(amount_of(line), rate, TWO_DECIMALS, inclusive=inclusive).tax


def predicted(made: v.InvoiceDraft, rates: dict[str, Decimal]) -> Sums:
    """The sums that Xero will show for a draft; ``rates`` by tax type, none of it is zero."""
    subtotal = tax = money.ZERO
    for line in made.lines:
        amount = amount_of(line)
        part = line.tax
        if part is None:
            part = tax_on(line, rates.get(line.tax_type, money.ZERO), made.inclusive)
        subtotal += amount - part if made.inclusive else amount
        tax += part
    return Sums(subtotal, tax, subtotal + tax)


def ours(invoice: Invoice) -> Sums:
    """Our sums as Xero counts them: discount and adjustment are in the subtotal."""
    return Sums(invoice.total - invoice.tax, invoice.tax, invoice.total)


def require_equal(invoice: Invoice, there: Sums) -> None:
    if there != ours(invoice):
        raise BusinessError(
            f"Xero would make {there.total:f} of this, with {there.tax:f} tax; here it is"
            f" {invoice.total:f} with {invoice.tax:f} tax.",
            field="lines",
        )


def digest(made: v.InvoiceDraft) -> str:
    """The same for the same content, and another for any other."""
    return digest_of(map(str, made))


def digest_of(parts: Iterable[str]) -> str:
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()

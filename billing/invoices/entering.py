"""Invoices as other programs enter them: with items, or with whole sums that are kept."""

from decimal import Decimal

from django.db import transaction

from agency import money
from agency.errors import BusinessError
from agency.reference import organisation
from billing.invoices import figures, line_operations, operations
from billing.invoices import fixed_cost as fixing
from billing.invoices.models import Invoice
from billing.invoices.states import MOVE_TO, Standing

USUAL_LINE = "Services"


@transaction.atomic
def as_sent(
    *,
    by,
    currency: str,
    total: Decimal,
    subtotal: Decimal | None = None,
    discount: Decimal | None = None,
    tax: Decimal | None = None,
    lines: list[dict] | None = None,
    **values,
) -> Invoice:
    """A draft whose sums stay as they were sent, in ``currency``, until one of its lines changes.

    What is left out of the sums follows from the others. The lines sum to the subtotal; without
    any, one line bears it. Raises ``BusinessError`` where figures contradict each other.
    """
    sums = figures.completed(currency, total=total, subtotal=subtotal, discount=discount, tax=tax)
    if lines:
        rows = [priced(row, at, currency) for at, row in enumerate(lines)]
    else:
        description = values.get("subject") or USUAL_LINE
        rows = [{"description": description, "unit_price": sums.subtotal}]
    return operations.create(
        by=by, currency=currency, figures=sums, lines=rows, discount=sums.discount, **values
    )


def priced(row: dict, at: int, currency: str) -> dict:
    """A line of an amount alone, or of a quantity and a price that make the amount sent."""
    values = dict(row)
    amount = values.pop("amount", None)
    if amount is None:
        return values
    quantity = values.get("quantity", Decimal(1))
    price = values.setdefault("unit_price", amount if quantity == 1 else None)
    if price is None:
        # The price of one is not known: the amount stands, as a sum does.
        return values | {"unit_price": money.ZERO, "amount": amount, "is_summed": True}
    made = money.amount_of(quantity, price, currency)
    if made != amount:
        told = (money.plain(quantity), money.plain(price), made, money.plain(amount))
        message = "{:f} × {:f} is {:f}, not {:f}.".format(*told)
        raise BusinessError(message, field=f"lines.{at}.amount")
    return values


@transaction.atomic
def enter(*, by, standing: str, lines: list[dict] | None = None, **values) -> Invoice:
    """Make an invoice of items or of one sum, issued unless it stands as a draft.

    The currency is the customer's own, else the organisation's, where none is sent. Raises
    ``BusinessError`` for a standing that only payments, the day or a void can bring.
    """
    if standing not in {Standing.UNPAID, Standing.DRAFT}:
        raise BusinessError("A new invoice is unpaid or a draft.", field="status")
    values["currency"] = values.get("currency") or usual_currency(values.get("customer"))
    if lines:
        rows = [{name: value for name, value in row.items() if name != "id"} for row in lines]
        invoice = from_lines(by=by, lines=rows, **values)
    elif values.get("total") is None:
        raise BusinessError("Send the items of the invoice, or its total.", field="lines")
    else:
        invoice = as_sent(by=by, **values)
    return operations.finalise(invoice, by=by) if standing == Standing.UNPAID else invoice


def usual_currency(customer) -> str:
    return getattr(customer, "currency", "") or organisation.current().base_currency


def from_lines(*, by, total: Decimal | None = None, subtotal: Decimal | None = None, **values):
    """A draft whose sums follow from its lines; sums that were sent must be the same."""
    invoice = operations.create(by=by, **values)
    require_sums(invoice, total=total, subtotal=subtotal)
    return invoice


def require_sums(invoice: Invoice, **sums: Decimal | None) -> None:
    for name, sent in sums.items():
        made = money.shown(getattr(invoice, name), invoice.currency)
        if sent is not None and sent != made:
            wanted = money.plain(sent, money.decimals(invoice.currency))
            raise BusinessError(f"The items make {made:f}, not {wanted:f}.", field=name)


@transaction.atomic
def on_project(*, by, project, fixed_cost: Decimal | None = None, **values) -> Invoice:
    """An empty draft for a project and its customer, numbered at once, with its fixed cost."""
    values["currency"] = values.get("currency") or project.currency
    invoice = operations.create(
        by=by, project=project, customer=project.customer, take_number=True, **values
    )
    return fixing.fix(invoice, fixed_cost, by=by)


@transaction.atomic
def change_on_project(invoice: Invoice, *, by, **values) -> Invoice:
    """Change an invoice of a project, and its fixed cost."""
    cost = values.pop("fixed_cost", invoice.fixed_cost)
    invoice = operations.update(invoice, by=by, **values)
    return invoice if cost == invoice.fixed_cost else fixing.fix(invoice, cost, by=by)


def change(invoice: Invoice, *, by, status: str | None = None, **values) -> Invoice:
    """Change an invoice and its lines, then where it stands; sums that are sent must result."""
    if status:
        operations.ahead(invoice, MOVE_TO.get(status, status), by=by)
    return put(invoice, by=by, status=status, **values)


@transaction.atomic
def put(
    invoice: Invoice,
    *,
    by,
    status: str | None = None,
    lines: list[dict] | None = None,
    total: Decimal | None = None,
    subtotal: Decimal | None = None,
    **values,
) -> Invoice:
    """The part of changing that is ours alone."""
    invoice = operations.update(invoice, by=by, **values)
    if lines is not None:
        invoice = line_operations.replace(invoice, lines, by=by)
    require_sums(invoice, total=total, subtotal=subtotal)
    return operations.update(invoice, by=by, status=status) if status else invoice

"""What Teamwork's dialect shows inside an invoice: its time, its expenses and their totals.

Each time entry is an item of its own, whatever lines it was billed on. Lines that bill neither
time nor expenses are items of no minutes; what tax, discount or adjustment leave between the items
and the total is one more, so that items and expenses always sum to ``total-cost``.
"""

from decimal import Decimal
from typing import NamedTuple

from agency import money
from billing.expenses.api_teamwork import ExpenseOnInvoice
from billing.expenses.models import Expense
from billing.invoices.models import Invoice
from billing.invoices.names_teamwork import LineItem
from crm.models import TimeEntry

OTHER = "Tax, discount and adjustment"
EMPTY = dict.fromkeys(LineItem().fields, "") | {
    "minutes": "0",
    "decimal-hours": "0.00",
    "billable": "1",
}


class Parts(NamedTuple):
    """The items and expenses of an invoice as the wire has them, and their sum."""

    items: list[dict]
    expenses: list[dict]
    total: Decimal


def shown(pk: int) -> dict:
    """What a detail holds beside the invoice's own columns."""
    invoice = Invoice.objects.get(pk=pk)
    entries = time_of(invoice)
    rows = LineItem().rows(entries)
    items, expenses, summed = parts_of(invoice, rows)
    rest = invoice.total - summed
    if rest:
        items.append(item(invoice, OTHER, rest))
    minutes = [int(row["minutes"]) for row in rows]
    hours = sum((money.hours(one) for one in minutes), money.ZERO)
    return {
        "line-items": items,
        "expenses": expenses,
        "total-time": str(sum(minutes)),
        "total-time-decimal": f"{hours:f}",
        "total-cost": text(invoice, invoice.total),
    }


def time_of(invoice: Invoice):
    rows = TimeEntry.objects.listing().filter(invoice_line__invoice=invoice)
    return rows.order_by("invoice_line__position", "invoice_line", "pk")


def parts_of(invoice: Invoice, rows: list[dict]) -> Parts:
    billed = Expense.objects.of_invoice(invoice)
    expenses = ExpenseOnInvoice().rows(billed.select_related("created_by"))
    plain = invoice.lines.filter(time_entries=None, expense=None).order_by("position", "pk")
    others = [line for line in plain if not line.is_fixed_cost]
    items = rows + [item(invoice, str(line), line.net, line.unit_price) for line in others]
    costs = [Decimal(row["cost"]) for row in expenses]
    costs += [line.net for line in others]
    time = [Decimal(row["cost"]) for row in rows]
    costs += time if invoice.fixed_cost is None else [invoice.fixed_cost]
    return Parts(items, expenses, sum(costs, money.ZERO))


def item(invoice: Invoice, description: str, cost: Decimal, rate: Decimal | None = None) -> dict:
    """Something that is no time: it has no id, as nothing can take it off by one."""
    price = "" if rate is None else f"{money.plain(rate, money.decimals(invoice.currency)):f}"
    return EMPTY | {"description": description, "rate": price, "cost": text(invoice, cost)}


def text(invoice: Invoice, amount: Decimal) -> str:
    return f"{money.shown(amount, invoice.currency):f}"

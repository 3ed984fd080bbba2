"""Keeps an invoice's sums in step with its lines and its ledger."""

from collections.abc import Iterable
from decimal import Decimal

from django.apps import apps

from agency import money, sql
from agency.errors import BusinessError
from billing.invoices import work
from billing.invoices.models import Invoice, InvoiceLine
from billing.lines import pricing, taxes

CREDIT_LEDGERS = ("CreditApplication", "FollowedCredit")
TOTALS = ("subtotal", "discount", "tax", "total", "balance")


def apply(invoice: Invoice, lines: list[InvoiceLine]) -> None:
    """Price the lines and set the invoice's sums, without saving either.

    subtotal = total − adjustment − tax + discount, so that with exclusive prices it is the sum of
    the lines' amounts.
    """
    if invoice.discount_percent is not None:
        whole = sum((pricing.amount_of(line, invoice.currency) for line in lines), money.ZERO)
        percent = invoice.discount_percent
        invoice.discount = money.percent_of(whole, percent, invoice.currency)
    sums = pricing.price(
        lines,
        currency=invoice.currency,
        discount=invoice.discount,
        inclusive=invoice.prices_include_tax,
    )
    add_up(invoice, subtotal=sums.net + invoice.discount, tax=sums.tax)


def add_up(invoice: Invoice, *, subtotal: Decimal, tax: Decimal) -> None:
    invoice.subtotal, invoice.tax = subtotal, tax
    invoice.total = invoice.subtotal - invoice.discount + invoice.tax + invoice.adjustment
    invoice.balance = invoice.total - invoice.amount_paid - invoice.amount_credited


def keep(invoice: Invoice, lines: list[InvoiceLine], *, subtotal: Decimal, tax: Decimal) -> None:
    """Keep the sums as they were sent, and give each line its part of them, without saving.

    The discount is shared out by the lines' amounts, the tax by their nets, by largest remainder.
    Raises ``BusinessError`` where the lines do not sum to the subtotal.
    """
    currency = invoice.currency
    amounts = [pricing.amount_of(line, currency) for line in lines]
    summed = sum(amounts, money.ZERO)
    if summed != subtotal:
        message = f"The line items sum to {summed:f}, the subtotal is {subtotal:f}."
        raise BusinessError(message, field="lines")
    shares = money.spread(Decimal(invoice.discount), amounts, currency)
    nets = [amount - share for amount, share in zip(amounts, shares, strict=True)]
    parts = zip(lines, amounts, shares, nets, money.spread(tax, nets, currency), strict=True)
    for line, amount, share, net, part in parts:
        line.amount, line.discount_share, line.net, line.tax = amount, share, net, part
        line.gross = net + part
        line.tax_type, line.tax_rate = taxes.borne(net, part, currency)
    add_up(invoice, subtotal=subtotal, tax=tax)
    invoice.keeps_figures = True


def recalculate(invoice: Invoice, *, also: Iterable[str] = ()) -> None:
    """Price all lines anew and save them and the sums, with the fields ``also`` in one write.

    The caller holds the invoice's lock.
    """
    work.follow_fixed_cost(invoice)
    lines = list(invoice.lines.order_by("position", "pk"))
    apply(invoice, lines)
    InvoiceLine.objects.bulk_update(lines, pricing.PRICED)
    invoice.keeps_figures = False
    invoice.save(update_fields=[*TOTALS, *also, "fixed_cost", "keeps_figures", "updated_at"])


def settle(invoice: Invoice, *, received: Decimal | None = None) -> None:
    """Bring paid, credited and balance in line with their ledgers, under the caller's row lock.

    Where all that has changed is one more payment, ``received`` is its amount in the invoice's
    currency: the locked row knows the sum of those before it.
    """
    if received is None:
        payments = apps.get_model("billing", "Payment").objects.live().filter(invoice=invoice)
        invoice.amount_paid = Decimal(sql.total_of(payments, "amount"))
        invoice.amount_credited = credited(invoice)
    else:
        invoice.amount_paid += received
    invoice.balance = invoice.total - invoice.amount_paid - invoice.amount_credited
    invoice.save(update_fields=["amount_paid", "amount_credited", "balance", "updated_at"])


def credited(invoice: Invoice) -> Decimal:
    """What credits pay of it, in whichever ledger they stand."""
    ledgers = (apps.get_model("billing", name).objects for name in CREDIT_LEDGERS)
    sums = (sql.total_of(rows.live().filter(invoice=invoice), "amount") for rows in ledgers)
    return sum(sums, money.ZERO)


def shown(invoice: Invoice) -> dict[str, Decimal]:
    """The figures of an invoice with its currency's decimals, for history."""
    return {
        name: money.shown(getattr(invoice, name), invoice.currency) for name in ("total", "balance")
    }

"""Keeps an invoice's sums in step with its lines and its ledger."""

from collections.abc import Iterable
from decimal import Decimal

from django.apps import apps

from agency import money, sql
from billing.invoices.models import Invoice, InvoiceLine
from billing.lines import pricing

TOTALS = ("subtotal", "tax", "total", "balance")


def apply(invoice: Invoice, lines: list[InvoiceLine]) -> None:
    """Price the lines and set the invoice's sums, without saving either.

    subtotal = total − adjustment − tax + discount, so that with exclusive prices it is the sum of
    the lines' amounts.
    """
    sums = pricing.price(
        lines,
        currency=invoice.currency,
        discount=invoice.discount,
        inclusive=invoice.prices_include_tax,
    )
    invoice.tax = sums.tax
    invoice.subtotal = sums.net + invoice.discount
    invoice.total = invoice.subtotal - invoice.discount + invoice.tax + invoice.adjustment
    invoice.balance = invoice.total - invoice.amount_paid - invoice.amount_credited


def recalculate(invoice: Invoice, *, also: Iterable[str] = ()) -> None:
    """Price all lines anew and save them and the sums, with the fields ``also`` in one write.

    The caller holds the invoice's lock.
    """
    lines = list(invoice.lines.order_by("position", "pk"))
    apply(invoice, lines)
    InvoiceLine.objects.bulk_update(lines, pricing.PRICED)
    invoice.keeps_figures = False
    invoice.save(update_fields=[*TOTALS, *also, "keeps_figures", "updated_at"])


def settle(invoice: Invoice) -> None:
    """Bring paid and balance in line with the live payments, under the caller's row lock."""
    payments = apps.get_model("billing", "Payment").objects.live().filter(invoice=invoice)
    invoice.amount_paid = Decimal(sql.total_of(payments, "amount"))
    invoice.balance = invoice.total - invoice.amount_paid - invoice.amount_credited
    invoice.save(update_fields=["amount_paid", "balance", "updated_at"])


def shown(invoice: Invoice) -> dict[str, Decimal]:
    """The figures of an invoice with its currency's decimals, for history."""
    return {
        name: money.shown(getattr(invoice, name), invoice.currency) for name in ("total", "balance")
    }

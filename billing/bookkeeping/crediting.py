"""What Xero's credit notes, overpayments and prepayments pay of our invoices.

A credit note of ours that went to Xero is in our own ledger already and is not followed; anything
else stands in ``FollowedCredit``.
"""

from django.utils import timezone

from agency import money
from agency.records.history import record
from billing.bookkeeping.models import FollowedCredit
from billing.bookkeeping.settling import Plan
from billing.invoices import totals
from billing.invoices.models import Invoice


def follow(invoice: Invoice, plan: Plan) -> None:
    """Bring the ledger of Xero's credits in line; the caller holds the lock."""
    if not (plan.ended or plan.credits):
        return
    before = invoice.amount_credited
    for row in plan.ended:
        row.reversed_at = timezone.now()
        row.save(update_fields=["reversed_at"])
    for one in plan.credits:
        FollowedCredit.objects.create(
            invoice=invoice,
            xero_id=one.id,
            kind=one.kind,
            number=one.number[:60],
            amount=one.amount,
            applied_on=one.applied_on,
        )
    totals.settle(invoice)
    told = [f"{one.number or one.kind}: {one.amount:f}" for one in plan.credits]
    pair = [money.shown(amount, invoice.currency) for amount in (before, invoice.amount_credited)]
    record(invoice, "credit_followed", by=None, credited=pair, credits=told)

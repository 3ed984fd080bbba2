"""Invoices that exist only here or only in Xero, found by one look through all of theirs."""

import re
from datetime import UTC, datetime

from django.db import transaction
from django.utils import timezone

from agency.reference.models import NumberSeries
from billing.bookkeeping import comparing
from billing.bookkeeping.comparing import Field, Found
from billing.bookkeeping.models import Difference
from billing.bookkeeping.settling import GONE
from billing.invoices.models import Invoice
from billing.xero import gateway
from billing.xero.models import Connection
from billing.xero.values import RemoteInvoice

EVER = datetime(1990, 1, 1, tzinfo=UTC)
SALE = "ACCREC"


def look() -> int:
    """Note every stray, and forget those that are none any more; how many there are.

    A call for each thousand invoices in Xero; nothing is noted unless all of them were read.
    """
    theirs: dict[str, RemoteInvoice] = {}
    for page in gateway.gateway().invoices_changed_since(EVER):
        theirs |= {one.id: one for one in page if one.type == SALE and one.status not in GONE}
    linked = Invoice.objects.exclude(xero_invoice_id=None)
    for pk in linked.values_list("xero_invoice_id", flat=True):
        theirs.pop(pk, None)
    with transaction.atomic():
        found = only_here({one.number: one for one in theirs.values()})
        found += only_there(theirs)
        Connection.objects.usable().update(compared_at=timezone.now())
    return found


def only_here(by_number: dict[str, RemoteInvoice]) -> int:
    """Issued invoices that are not linked: in Xero under their number, or not at all."""
    rows = list(Invoice.objects.live().issued().filter(xero_invoice_id=None))
    known = Difference.objects.filter(invoice__in=rows)
    for row in rows:
        one = unlinked(row, by_number.get(row.number or ""))
        if not comparing.agree([kept for kept in known if kept.invoice_id == row.pk], [one]):
            comparing.note(row, [one])
    settled = Difference.objects.filter(invoice__xero_invoice_id=None)
    settled.exclude(invoice__in=rows).exclude(invoice=None).delete()
    return len(rows)


def unlinked(row: Invoice, twin: RemoteInvoice | None) -> Found:
    if twin is None:
        cause = "It was issued here and has not gone to Xero."
        return Found(Field.EXISTENCE, row.number or "", "", cause, "push")
    cause = "Xero has an invoice of this number, and the two are not linked."
    return Found(Field.EXISTENCE, row.number or "", words(twin), cause, "link", xero_id=twin.id)


def only_there(theirs: dict[str, RemoteInvoice]) -> int:
    """Sales invoices in Xero with a number of our series that nothing here bears."""
    ours = set(Invoice.objects.exclude(number=None).values_list("number", flat=True))
    is_ours = series()
    strays = {
        pk: one
        for pk, one in theirs.items()
        if one.number not in ours and is_ours.fullmatch(one.number)
    }
    alone = Difference.objects.filter(invoice=None)
    alone.exclude(xero_id__in=strays).delete()
    known = set(alone.values_list("xero_id", flat=True))
    cause = "It bears a number of our series in Xero, and no invoice here does."
    Difference.objects.bulk_create(
        Difference(
            xero_id=pk,
            field=Field.EXISTENCE,
            theirs=words(one),
            cause=cause,
            mend="accept",
            seen_at=timezone.now(),
        )
        for pk, one in strays.items()
        if pk not in known
    )
    return len(strays)


def words(one: RemoteInvoice) -> str:
    return f"{one.number}, {comparing.words(one.total, one.currency)}, {one.status}"[:200]


def series() -> re.Pattern:
    """The numbers that our invoices may bear, as a pattern."""
    pattern = NumberSeries.objects.filter(key="invoice").values_list("pattern", flat=True).first()
    parts = re.split(r"\{[^}]*\}", pattern or "{}")
    return re.compile(r"\d+".join(re.escape(part) for part in parts))

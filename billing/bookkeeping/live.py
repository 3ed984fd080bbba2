"""Reads a linked invoice in Xero while its detail is asked for; never fails, and never for long.

Who reads is settled by one conditional UPDATE, so that many requests at once ask Xero once.
"""

from datetime import UTC, datetime, timedelta
from typing import NamedTuple

import structlog
from django.conf import settings
from django.utils import timezone

from agency.errors import BusinessError
from billing.bookkeeping import syncing
from billing.bookkeeping.models import LiveRead
from billing.invoices.models import Invoice
from billing.xero import gateway

log = structlog.get_logger(__name__)
NEVER = datetime(2000, 1, 1, tzinfo=UTC)


class Freshness(NamedTuple):
    """When Xero last told of an invoice, and whether that may be out of date."""

    synced_at: datetime | None
    is_stale: bool


UNLINKED = Freshness(None, is_stale=False)


def freshen(invoice: Invoice) -> Freshness:
    """Take over what Xero says now, at most once in ``XERO_FRESH_SECONDS``."""
    if not invoice.xero_invoice_id:
        return UNLINKED
    is_read = read(invoice) if claim(invoice.pk) else False
    synced_at = Invoice.objects.values_list("xero_synced_at", flat=True).get(pk=invoice.pk)
    return Freshness(synced_at, is_stale=not is_read and not is_recent(invoice.pk, synced_at))


def claim(pk: int) -> bool:
    """Whether this request is the one that reads."""
    now = timezone.now()
    before = now - timedelta(seconds=settings.XERO_FRESH_SECONDS)
    mine = LiveRead.objects.filter(invoice=pk, asked_at__lte=before)
    if mine.update(asked_at=now):
        return True
    first = LiveRead(invoice_id=pk, asked_at=NEVER)
    LiveRead.objects.bulk_create([first], ignore_conflicts=True)
    return bool(mine.update(asked_at=now))


def is_recent(pk: int, synced_at: datetime | None) -> bool:
    """Whether what was asked for last has come."""
    asked_at = LiveRead.objects.values_list("asked_at", flat=True).get(invoice=pk)
    return synced_at is not None and synced_at >= asked_at


def read(invoice: Invoice) -> bool:
    """Ask within ``XERO_LIVE_TIMEOUT``; whatever goes wrong leaves what was known."""
    try:
        way = gateway.gateway(settings.XERO_LIVE_TIMEOUT)
        remote = way.invoice(invoice.xero_invoice_id or "")
        syncing.apply(invoice, remote)
    except BusinessError as error:
        log.info("An invoice was not read live.", invoice=invoice.pk, error=str(error))
        return False
    return True

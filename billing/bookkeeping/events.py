"""Keep what Xero tells of by webhook, and have the invoices concerned read again.

Source: developer.xero.com/documentation/guides/webhooks/overview.
"""

import base64
import hashlib
import hmac
from datetime import UTC, datetime

import orjson
import structlog
from django.conf import settings
from django.db import transaction

from billing.bookkeeping import reading
from billing.bookkeeping.models import WebhookEvent
from billing.invoices.models import Invoice
from billing.xero.models import Connection

log = structlog.get_logger(__name__)
INVOICE = "INVOICE"
PARTS = ("tenantId", "eventCategory", "eventType", "resourceId", "eventDateUtc")


def is_signed(body: bytes, signature: str) -> bool:
    """Whether the body comes from Xero; nothing is, while no key is set."""
    key = settings.XERO_WEBHOOK_KEY
    digest = hmac.new(key.encode(), body, hashlib.sha256).digest()
    return bool(key) and hmac.compare_digest(base64.b64encode(digest), signature.encode())


def take_in(body: bytes) -> int:
    """Keep the events of a signed body that are new and of our organisation; how many."""
    told = [event for event in events_of(body) if event.tenant_id == tenant()]
    with transaction.atomic():
        known = set(
            WebhookEvent.objects.filter(
                fingerprint__in=[one.fingerprint for one in told]
            ).values_list("fingerprint", flat=True)
        )
        new = list({one.fingerprint: one for one in told if one.fingerprint not in known}.values())
        WebhookEvent.objects.bulk_create(new, ignore_conflicts=True)  # a twin may be faster
        read_again([one for one in new if one.category == INVOICE])
    return len(new)


def read_again(events: list[WebhookEvent]) -> None:
    """One effect an invoice, however many events tell of it; the same event asks once."""
    first = {one.resource_id: one.fingerprint for one in reversed(events)}
    for invoice in Invoice.objects.live().filter(xero_invoice_id__in=first):
        reading.ask(invoice, f"xero-event-{first[invoice.xero_invoice_id or '']}")


def tenant() -> str:
    return Connection.objects.usable().values_list("tenant_id", flat=True).first() or ""


def events_of(body: bytes) -> list[WebhookEvent]:
    """The events in a body; what Xero would not send counts as none."""
    try:
        rows = orjson.loads(body)["events"]
        return [event_of(row) for row in rows]
    except (orjson.JSONDecodeError, KeyError, TypeError, AttributeError):
        log.warning("Xero's webhook sent what is not known.")
        return []


def event_of(row: dict) -> WebhookEvent:
    parts = [str(row.get(name) or "") for name in PARTS]
    fingerprint = hashlib.sha256("\0".join(parts).encode()).hexdigest()
    tenant_id, category, kind, resource, happened = parts
    return WebhookEvent(
        fingerprint=fingerprint,
        tenant_id=tenant_id[:60],
        category=category[:40],
        event_type=kind[:40],
        resource_id=resource[:60],
        happened_at=moment_of(happened),
    )


def moment_of(text: str) -> datetime | None:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)

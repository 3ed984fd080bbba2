"""Tells our webhook what has changed, signed as Xero signs. doc: guides/webhooks/overview."""

import base64
import hashlib
import hmac
import json
from datetime import UTC, datetime

import urllib3


def signed(body: bytes, key: str) -> str:
    return base64.b64encode(hmac.new(key.encode(), body, hashlib.sha256).digest()).decode()


def event(
    invoice_id: str, tenant: str, *, kind: str = "UPDATE", at: datetime | None = None
) -> dict:
    at = at or datetime.now(UTC)
    return {
        "resourceUrl": f"https://api.xero.com/api.xro/2.0/Invoices/{invoice_id}",
        "resourceId": invoice_id,
        "eventDateUtc": at.strftime("%Y-%m-%dT%H:%M:%S.%f")[:-3],
        "eventType": kind,
        "eventCategory": "INVOICE",
        "tenantId": tenant,
        "tenantType": "ORGANISATION",
    }


def body(events: list[dict], *, first: int = 1) -> bytes:
    """An intent to receive has no events."""
    numbers = {"firstEventSequence": first, "lastEventSequence": first + len(events) - 1}
    content = {"events": events, **(numbers if events else {}), "entropy": "S0m3r4nd0mt3xt"}
    return json.dumps(content).encode()


def send(url: str, key: str, events: list[dict]) -> int:
    """Post them to a webhook and return the status that it answered within Xero's five seconds."""
    content = body(events)
    headers = {"Content-Type": "application/json", "x-xero-signature": signed(content, key)}
    return urllib3.request(
        "POST", url, body=content, headers=headers, timeout=5, retries=False
    ).status

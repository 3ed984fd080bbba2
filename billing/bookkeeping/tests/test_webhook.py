"""What Xero tells by webhook: believed when signed, kept once, and read again."""

import base64
import hashlib
import hmac
import json

import pytest

from agency.records.outbox.models import Effect
from billing.bookkeeping.models import WebhookEvent
from billing.bookkeeping.tests.factories import TENANT, make_connection, make_linked
from billing.bookkeeping.webhook import MOST_BYTES

pytestmark = pytest.mark.django_db
KEY = "webhook-key"


@pytest.fixture(autouse=True)
def _key(settings):
    settings.XERO_WEBHOOK_KEY = KEY
    make_connection()


def signature(body: bytes, key: str = KEY) -> str:
    return base64.b64encode(hmac.new(key.encode(), body, hashlib.sha256).digest()).decode()


@pytest.fixture
def send(client):
    def post(body: bytes, signed: str | None = None):
        headers = {"x-xero-signature": signature(body) if signed is None else signed}
        return client.post("/webhooks/xero", body, content_type="application/json", headers=headers)

    return post


def told(*events, **values) -> bytes:
    row = {
        "resourceId": "xero-1",
        "eventCategory": "INVOICE",
        "eventType": "UPDATE",
        "tenantId": TENANT,
        "eventDateUtc": "2026-11-20T01:15:39.902",
    } | values
    return json.dumps({"events": [*events] or [row], "entropy": "S0m3"}).encode()


def test_an_event_has_its_invoice_read_again_once(send, staff):
    invoice = make_linked(staff())
    first = send(told())
    assert (first.status_code, first.content, first.cookies) == (200, b"", {})
    assert send(told()).status_code == 200
    [effect] = Effect.objects.filter(kind="read invoice from Xero")
    assert (effect.payload, WebhookEvent.objects.count()) == ({"id": invoice.pk}, 1)
    assert send(told(eventDateUtc="2026-11-20T01:16:00.000")).status_code == 200
    assert Effect.objects.filter(kind="read invoice from Xero").count() == 2


def test_several_events_of_one_invoice_read_it_once(send, staff):
    make_linked(staff())
    rows = [json.loads(told(eventDateUtc=f"2026-11-20T01:1{n}:00"))["events"][0] for n in range(3)]
    assert send(told(*rows)).status_code == 200
    assert (WebhookEvent.objects.count(), Effect.objects.count()) == (3, 1)


def test_the_intent_to_receive_is_answered(send):
    body = json.dumps({"events": [], "firstEventSequence": 0, "entropy": "S0m3"}).encode()
    assert send(body).status_code == 200
    assert send(body, signature(body, "another key")).status_code == 401


@pytest.mark.parametrize("signed", ["", "no", "ünsigned", signature(b"another body")])
def test_what_is_not_signed_is_neither_read_nor_kept(send, signed):
    answer = send(told(), signed)
    assert (answer.status_code, answer.content, answer.cookies) == (401, b"", {})
    assert WebhookEvent.objects.count() == 0


def test_without_a_key_nothing_is_believed(send, settings):
    settings.XERO_WEBHOOK_KEY = ""
    assert send(told(), signature(told(), "")).status_code == 401


def test_a_huge_body_is_not_read(send):
    assert send(b" " * (MOST_BYTES + 1)).status_code == 401


def test_events_of_another_organisation_are_not_ours(send, staff):
    make_linked(staff())
    assert send(told(tenantId="somebody")).status_code == 200
    assert (WebhookEvent.objects.count(), Effect.objects.count()) == (0, 0)


@pytest.mark.parametrize("body", [b"", b"[]", b"{", b'{"events": 5}', b'{"events": [5]}'])
def test_what_xero_would_not_send_is_no_fault_of_ours(send, body):
    assert send(body).status_code == 200
    assert WebhookEvent.objects.count() == 0


def test_only_a_post_is_taken(client):
    assert client.get("/webhooks/xero").status_code == 405

"""The desk and the control interface, as a browser and a script in another process use them."""

import base64
import hashlib
import hmac
import json
from decimal import Decimal
from urllib.parse import urlencode

import pytest
import urllib3

from billing.xero.simulator import chart
from billing.xero.simulator.asked import Asked
from billing.xero.simulator.server import Simulator

LINE = {"Description": "Design", "Quantity": 1, "UnitAmount": 100, "AccountCode": "200"}


@pytest.fixture
def alone():
    simulator = Simulator().start()
    yield simulator
    simulator.stop()


@pytest.fixture
def owed(alone) -> dict:
    """An authorised invoice over 110.00."""
    token = alone.identity.answer("", custom=True)["access_token"]
    wanted = {
        "Type": "ACCREC",
        "Status": "AUTHORISED",
        "InvoiceNumber": "INV-7",
        "Contact": {"Name": "Harbour & Vine"},
        "Date": "2026-11-02",
        "DueDate": "2026-12-02",
        "LineAmountTypes": "Exclusive",
        "LineItems": [LINE | {"TaxType": "OUTPUT"}],
    }
    headers = {"Authorization": f"Bearer {token}", "Idempotency-Key": "once"}
    status, _ = asked(alone, "PUT", "/api.xro/2.0/Invoices", wanted, headers)
    assert status == 200
    return alone.invoice("INV-7")


def asked(simulator, method: str, path: str, said=None, headers=None) -> tuple[int, dict]:
    answer = urllib3.request(
        method, simulator.url + path, json=said, headers=headers, timeout=5, retries=False
    )
    return answer.status, answer.json()


def press(simulator, act: str, key: str) -> bytes:
    form = urlencode({"act": act, "key": key}).encode()
    _, headers, _ = simulator.answer(Asked("POST", "/_simulator", {}, form))
    return simulator.answer(Asked("GET", headers["Location"], {}))[2]


def test_a_script_pays_and_is_told_what_the_books_refuse(alone, owed):
    said = {"act": "pay", "key": "INV-7", "amount": 25}
    status, answer = asked(alone, "POST", "/_simulator/acts", said)
    assert (status, answer["done"]["Amount"]) == (200, 25)
    assert owed["AmountDue"] == Decimal(85)
    refused = asked(alone, "POST", "/_simulator/acts", said | {"amount": 900})
    message = "Payment amount exceeds the amount outstanding on this document"
    assert refused == (400, {"Messages": [message]})


@pytest.mark.parametrize(
    "said", [{}, {"act": "stop"}, {"act": "pay"}, {"act": "pay", "key": "NONE"}]
)
def test_an_act_that_is_not_possible_is_refused(alone, said):
    assert asked(alone, "POST", "/_simulator/acts", said)[0] == 400


def test_a_script_orders_faults_and_takes_them_back(alone):
    said = {"kind": "status", "path": "Invoices", "times": 2, "value": 502}
    _, answer = asked(alone, "POST", "/_simulator/faults", said)
    assert answer == {"waiting": [said | {"method": ""}]}
    assert asked(alone, "DELETE", "/_simulator/faults") == (200, {"waiting": []})
    assert asked(alone, "POST", "/_simulator/faults", {"kind": "flood"})[0] == 400


@pytest.mark.usefixtures("owed")
def test_every_call_is_listed_with_its_key_and_answer(alone):
    _, answer = asked(alone, "GET", "/_simulator/requests")
    call = {"method": "PUT", "target": "/api.xro/2.0/Invoices", "key": "once", "status": 200}
    assert answer == {"requests": [call]}
    asked(alone, "POST", "/_simulator/reset")
    assert asked(alone, "GET", "/_simulator/requests") == (200, {"requests": []})


def test_what_is_sent_to_a_webhook_is_signed(alone):
    said = {"url": f"{alone.url}/hook", "key": "secret", "invoices": ["i-1"]}
    assert asked(alone, "POST", "/_simulator/webhooks", said) == (200, {"status": 404})
    [call] = [one for one in alone.asked if one.path == "/hook"]
    digest = hmac.new(b"secret", call.body, hashlib.sha256).digest()
    assert call.headers["x-xero-signature"] == base64.b64encode(digest).decode()
    assert asked(alone, "POST", "/_simulator/webhooks", said | {"url": "http://"})[0] == 400
    [event] = json.loads(call.body)["events"]
    assert (event["resourceId"], event["tenantId"]) == ("i-1", chart.TENANT)


@pytest.mark.parametrize(
    ("act", "left"),
    [
        ("pay", ("PAID", 110, 0)),
        ("pay_half", ("AUTHORISED", 55, 0)),
        ("credit", ("PAID", 0, 110)),
        ("overpay", ("PAID", 0, 110)),
        ("void", ("VOIDED", 0, 0)),
    ],
)
def test_a_person_at_the_desk_settles_an_invoice(alone, owed, act, left):
    assert b"Done: " in press(alone, act, owed["InvoiceID"])
    assert (owed["Status"], owed["AmountPaid"], owed["AmountCredited"]) == left


def test_a_person_at_the_desk_locks_a_period_and_archives_a_contact(alone, owed):
    assert b"locked until 2026-11-30" in press(alone, "lock", "2026-11-30")
    assert b"period lock date" in press(alone, "void", owed["InvoiceID"])
    assert b"(archived)" in press(alone, "archive", owed["Contact"]["ContactID"])
    assert b"There is nothing to do that to." in press(alone, "archive", "nobody")


def test_credit_that_is_refused_leaves_no_note(alone, owed):
    alone.pay(owed["InvoiceID"])
    assert b"Done: " not in press(alone, "credit", owed["InvoiceID"])
    assert alone.books.notes == {}

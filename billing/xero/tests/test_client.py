"""Each call: what is sent, what is read, and what a bad answer stands for."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.db import transaction

from billing.xero import values as v
from billing.xero.errors import (
    LimitedError,
    MissingError,
    NotConnectedError,
    ReconnectNeededError,
    RefusedError,
    XeroUnavailableError,
)
from billing.xero.gateway import gateway
from billing.xero.models import Call, Connection
from billing.xero.tests.conftest import TENANT
from billing.xero.tests.shapes import INVOICE

API = "/api.xro/2.0"
ID = INVOICE["InvoiceID"]
LINE = v.Line("Design", Decimal("1.1"), Decimal("33.3333"), "200", "OUTPUT", Decimal("0.07"))
DRAFT = v.InvoiceDraft(
    number="INV-2026-00012",
    contact_id="c-1",
    currency="AUD",
    issued_on=date(2026, 10, 12),
    due_on=date(2026, 10, 27),
    lines=(LINE,),
)
REFUSED = {
    "ErrorNumber": 10,
    "Type": "ValidationException",
    "Message": "A validation exception occurred",
    "Elements": [{"ValidationErrors": [{"Message": "Invoice # must be unique."}]}],
}


@pytest.fixture
def xero(connected, script):
    connected()
    return gateway()


def test_without_a_connection_there_is_no_way_to_xero(db):
    with pytest.raises(NotConnectedError, match="not connected"):
        gateway()


def test_a_connection_whose_consent_ended_says_so(connected):
    connected(state=Connection.State.RECONNECT)
    with pytest.raises(ReconnectNeededError):
        gateway()


def test_an_invoice_is_put_with_exact_numbers_and_its_key(xero, script):
    script.says(f"{API}/Invoices", {"Invoices": [INVOICE]})
    made = xero.create_invoice(DRAFT, key="invoice-7-v1")
    assert made.id == ID
    (asked,) = script.asked
    assert (asked.method, asked.path) == ("PUT", f"{API}/Invoices?unitdp=4")
    assert asked.headers["idempotency-key"] == "invoice-7-v1"
    assert asked.headers["xero-tenant-id"] == TENANT
    assert asked.headers["authorization"] == "Bearer access-1"
    assert asked.json == {
        "Invoices": [
            {
                "Contact": {"ContactID": "c-1"},
                "Date": "/Date(1791763200000+0000)/",
                "DueDate": "/Date(1793059200000+0000)/",
                "LineAmountTypes": "Exclusive",
                "LineItems": [
                    {
                        "Description": "Design",
                        "Quantity": "1.1",
                        "UnitAmount": "33.3333",
                        "AccountCode": "200",
                        "TaxType": "OUTPUT",
                        "DiscountAmount": "0.07",
                    }
                ],
                "CurrencyCode": "AUD",
                "Status": "DRAFT",
                "Type": "ACCREC",
                "InvoiceNumber": "INV-2026-00012",
            }
        ]
    }


def test_a_custom_connection_names_no_organisation(connected, script):
    connected(grant=Connection.Grant.CUSTOM)
    script.says(f"{API}/Accounts", {"Accounts": []})
    assert gateway().accounts() == []
    assert "xero-tenant-id" not in script.asked[0].headers


def test_a_status_is_posted_alone_and_read_again(xero, script):
    script.says(f"{API}/Invoices/{ID}", {"Invoices": [INVOICE]})
    assert xero.set_invoice_status(ID, "AUTHORISED", key="k").status == "AUTHORISED"
    assert [one.method for one in script.asked] == ["POST", "GET"]
    assert script.asked[0].json == {"Invoices": [{"InvoiceID": ID, "Status": "AUTHORISED"}]}


def test_many_invoices_are_read_forty_at_a_time(xero, script):
    script.says(f"{API}/Invoices", {"Invoices": []})
    assert xero.invoices([f"id-{number}" for number in range(41)]) == []
    assert [one.path.count("id-") for one in script.asked] == [40, 1]


def test_changes_are_read_page_by_page_since_a_moment_in_utc(xero, script):
    script.says(f"{API}/Invoices", {"Invoices": [INVOICE] * 1000})
    script.says(f"{API}/Invoices", {"Invoices": [INVOICE, INVOICE | {"Type": "ACCPAY"}]})
    since = datetime(2026, 10, 12, 1, 2, 3, tzinfo=UTC)
    assert [len(rows) for rows in xero.invoices_changed_since(since)] == [1000, 1]
    assert [one.headers["if-modified-since"] for one in script.asked] == ["2026-10-12T01:02:03"] * 2


def test_contacts_of_a_name_are_those_that_people_would_call_the_same(xero, script):
    rows = [{"ContactID": "1", "Name": "ACME  Pty Ltd"}, {"ContactID": "2", "Name": "Acme Pty"}]
    script.says(f"{API}/Contacts", {"Contacts": rows})
    assert [one.id for one in xero.contacts_by_name("Acme Pty Ltd")] == ["1"]
    assert "includeArchived=true" in script.asked[0].path


def test_mail_pdf_and_link(xero, script):
    script.says(f"{API}/Invoices/{ID}/Email", b"", status=204)
    xero.email_invoice(ID, key="mail-1")
    script.says(f"{API}/Invoices/{ID}", b"%PDF-1.7 text")
    assert xero.invoice_pdf(ID) == b"%PDF-1.7 text"
    script.says(f"{API}/Invoices/{ID}/Online", {"OnlineInvoices": [{"OnlineInvoiceUrl": "u"}]})
    assert xero.online_url(ID) == "u"
    assert [one.headers["accept"] for one in script.asked] == [
        "application/json",
        "application/pdf",
        "application/json",
    ]


def test_what_xero_refuses_is_told_in_its_own_words(xero, script):
    script.says(f"{API}/Invoices", REFUSED, status=400, xero_correlation_id="r-1")
    with pytest.raises(RefusedError, match="Invoice # must be unique") as caught:
        xero.create_invoice(DRAFT, key="k")
    assert caught.value.request_id == "r-1"
    assert str(caught.value) == "Invoice # must be unique."
    call = Call.objects.get()
    assert (call.method, call.what, call.status) == ("PUT", "Invoices", 400)
    assert (call.request_id, call.message) == ("r-1", "Invoice # must be unique.")


def test_errors_inside_a_good_answer_are_errors(xero, script):
    bad = INVOICE | {"HasErrors": True, "ValidationErrors": [{"Message": "Account is archived."}]}
    script.says(f"{API}/Invoices", {"Invoices": [bad]})
    with pytest.raises(RefusedError, match="Account is archived"):
        xero.create_invoice(DRAFT, key="k")


def test_an_unknown_id_is_missing_and_nothing_worse(xero, script):
    script.says(f"{API}/Invoices", b"The resource you're looking for cannot be found", status=404)
    with pytest.raises(MissingError):
        xero.invoice(ID)


def test_a_forbidden_call_says_what_xero_says(xero, script):
    body = {"Title": "Forbidden", "Status": 403, "Detail": "AuthenticationUnsuccessful"}
    script.says(f"{API}/Accounts", body, status=403)
    with pytest.raises(RefusedError, match="AuthenticationUnsuccessful"):
        xero.accounts()


@pytest.mark.parametrize(
    ("said", "problem"),
    [("minute", "minute"), ("AppMinute", "minute"), ("Day", "day"), ("Concurrent", "concurrent")],
)
def test_a_limit_is_named_and_says_how_long_to_wait(xero, script, said, problem):
    headers = {"X_Rate_Limit_Problem": said, "Retry_After": 17}
    script.says(f"{API}/Accounts", b"", status=429, **headers)
    with pytest.raises(LimitedError) as caught:
        xero.accounts()
    assert (caught.value.problem, caught.value.retry_after) == (problem, 17)
    assert len(script.asked) == 1


@pytest.mark.parametrize("status", [500, 502, 503, 504])
def test_a_server_in_trouble_is_asked_once(xero, script, status):
    script.says(f"{API}/Invoices", b"<html>Oh no</html>", status=status, Retry_After=9)
    with pytest.raises(XeroUnavailableError) as caught:
        xero.create_invoice(DRAFT, key="k")
    assert (caught.value.retry_after, caught.value.sent) == (9, True)
    assert len(script.asked) == 1


@pytest.mark.parametrize(
    "body", [b"<html>Maintenance</html>", b'{"Invoices": [{"Inv', b"[]", b"{}"]
)
def test_an_answer_that_cannot_be_read_is_none(xero, script, body):
    script.says(f"{API}/Invoices", body)
    with pytest.raises(XeroUnavailableError, match="cannot be read"):
        xero.invoice(ID)


def test_an_answer_that_breaks_off_is_none(xero, script):
    script.says(f"{API}/Invoices", b'{"Invoices": []}', Content_Length=500, Connection="close")
    with pytest.raises(XeroUnavailableError):
        xero.invoice(ID)


def test_a_call_without_an_answer_in_time_may_have_been_carried_out(connected, script):
    connected()
    script.says(f"{API}/Invoices", takes=10)
    with pytest.raises(XeroUnavailableError, match="did not answer within") as caught:
        gateway(timeout=0.2).create_invoice(DRAFT, key="k")
    assert caught.value.sent is True
    assert len(script.asked) == 1


def test_a_refused_connection_sent_nothing(xero, settings):
    settings.XERO_API_URL = "http://127.0.0.1:9"
    with pytest.raises(XeroUnavailableError, match="cannot be reached") as caught:
        gateway().create_invoice(DRAFT, key="k")
    assert caught.value.sent is False


@pytest.mark.django_db(transaction=True)
def test_xero_is_not_called_inside_a_transaction(connected, script):
    connected()
    with transaction.atomic(), pytest.raises(RuntimeError, match="inside a transaction"):
        gateway().accounts()
    assert script.asked == []

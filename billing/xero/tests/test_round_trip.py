"""Every call against books that obey Xero's rules: what was sent is what is read again."""

from datetime import UTC, date, datetime
from decimal import Decimal
from urllib.parse import urlencode, urlsplit

import pytest
import urllib3

from billing.xero import values as v
from billing.xero.errors import MissingError, RefusedError
from billing.xero.gateway import gateway
from billing.xero.models import Connection

DAY = date(2026, 10, 12)
LINE = v.Line("Design", Decimal("1.5"), Decimal("33.3333"), "200", "OUTPUT")


@pytest.fixture
def way(xero):
    return gateway()


@pytest.fixture
def contact(way):
    return way.create_contact(v.ContactDraft("Acme  Pty Ltd", "7", "kim@acme.test"), key="c")


@pytest.fixture
def invoice(way, contact):
    draft = v.InvoiceDraft("INV-1", contact.id, "AUD", DAY, DAY, (LINE,), reference="PO 1")
    return way.create_invoice(draft, key="i")


def test_a_contact_is_found_by_number_name_and_e_mail(way, contact):
    assert way.contact(contact.id) == contact
    assert way.contacts_by_number("7") == [contact]
    assert way.contacts_by_name("ACME pty ltd") == [contact]
    assert way.contacts_by_email("KIM@acme.test") == [contact]
    assert way.contacts_by_number("8") == way.contacts_by_name("Acme") == []


def test_an_invoice_is_the_same_however_it_is_read(way, invoice):
    assert (invoice.status, invoice.issued_on, invoice.due_on) == ("DRAFT", DAY, DAY)
    assert (invoice.subtotal, invoice.tax, invoice.total) == (50, 5, 55)
    assert invoice.lines[0].unit_amount == Decimal("33.3333")
    assert way.invoice(invoice.id) == invoice
    assert way.invoices([invoice.id, "00000000-0000-0000-0000-000000000000"]) == [invoice]
    assert way.invoices_by_number("INV-1") == [invoice]
    assert list(way.invoices_changed_since(datetime(2020, 1, 1, tzinfo=UTC))) == [[invoice]]
    with pytest.raises(MissingError):
        way.invoice("00000000-0000-0000-0000-000000000000")


def test_an_approved_invoice_is_mailed_printed_and_shown_to_the_client(way, invoice):
    with pytest.raises(RefusedError):
        way.email_invoice(invoice.id, key="m1")
    assert way.online_url(invoice.id) == ""
    assert way.set_invoice_status(invoice.id, "AUTHORISED", key="s").status == "AUTHORISED"
    way.email_invoice(invoice.id, key="m2")
    assert way.invoice_pdf(invoice.id).startswith(b"%PDF")
    assert way.online_url(invoice.id).startswith("http")


def test_a_payment_is_made_and_taken_back(way, invoice):
    way.set_invoice_status(invoice.id, "AUTHORISED", key="s")
    draft = v.PaymentDraft(invoice.id, "090", Decimal("20.10"), DAY, "EFT")
    paid = way.create_payment(draft, key="p")
    assert (paid.amount, paid.paid_on, paid.invoice_id) == (Decimal("20.10"), DAY, invoice.id)
    assert [one.id for one in way.payments_of(invoice.id)] == [paid.id]
    assert way.invoice(invoice.id).amount_due == Decimal("34.90")
    assert way.delete_payment(paid.id, key="d").status == "DELETED"
    assert way.invoice(invoice.id).amount_due == 55


def test_a_credit_note_is_made_and_set_against_an_invoice(way, contact, invoice):
    way.set_invoice_status(invoice.id, "AUTHORISED", key="s")
    note = way.create_credit_note(
        v.CreditNoteDraft("CN-1", contact.id, "AUD", DAY, (LINE,)), key="n"
    )
    assert (note.total, note.remaining) == (55, 55)
    assert way.credit_notes_by_number("CN-1") == [note]
    way.allocate(note.id, invoice.id, Decimal("10.00"), DAY, key="a")
    assert way.credit_note(note.id).allocations == ((invoice.id, Decimal(10)),)
    read = way.invoice(invoice.id)
    assert [(one.kind, one.amount) for one in read.credits] == [("credit_note", 10)]
    assert read.amount_due == read.total - read.amount_paid - read.amount_credited


def test_the_books_are_listed(way):
    assert way.organisation().base_currency == "AUD"
    assert {one.code for one in way.accounts()} >= {"090", "200"}
    assert Decimal("0.1") in {one.rate for one in way.tax_rates() if one.code == "OUTPUT"}


def test_a_person_signs_in_at_xero_agrees_and_comes_back(no_xero, page, staff, settings):
    settings.XERO_GRANT = "authorization_code"
    client = page(staff())
    away = client.get("/settings/xero/connect")["Location"]
    form = urlencode({"query": urlsplit(away).query, "allow": "1"})
    headers = {"Content-Type": "application/x-www-form-urlencoded"}
    agreed = urllib3.request(
        "POST", away, body=form, headers=headers, redirect=False, retries=False
    )
    client.get(agreed.headers["Location"].removeprefix("http://testserver"))
    row = Connection.objects.get()
    assert (row.state, row.grant) == (Connection.State.CONNECTED, Connection.Grant.CODE)
    assert row.lists_read_at is not None
    assert gateway().organisation().name == row.tenant_name

"""Invoices in the simulator, through the SDK: the rules that Xero is known for."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from billing.xero import errors
from billing.xero import values as v
from billing.xero.gateway import gateway

D = Decimal


def line(**values) -> v.Line:
    values = {
        "description": "Design",
        "quantity": D("1.5"),
        "unit_amount": D("33.3333"),
        "account_code": "200",
        "tax_type": "OUTPUT",
    } | values
    return v.Line(**values)


def draft(xero, **values) -> v.InvoiceDraft:
    values = {
        "number": "INV-1",
        "contact_id": (values.pop("contact", None) or xero.contact("Harbour & Vine"))["ContactID"],
        "currency": "AUD",
        "issued_on": date(2026, 11, 2),
        "due_on": date(2026, 12, 2),
        "lines": (line(),),
    } | values
    return v.InvoiceDraft(**values)


def made(xero, key="k-1", **values) -> v.RemoteInvoice:
    return gateway().create_invoice(draft(xero, **values), key=key)


def test_an_invoice_is_a_draft_with_its_tax_by_line(xero):
    invoice = made(xero, lines=(line(), line(tax_type="EXEMPTOUTPUT", discount=D("10"))))
    assert (invoice.status, invoice.subtotal, invoice.tax) == ("DRAFT", D("90.00"), D("5.00"))
    assert (invoice.total, invoice.amount_due, invoice.amount_paid) == (D("95.00"), D("95.00"), 0)
    assert [one.amount for one in invoice.lines] == [D("50.00"), D("40.00")]
    assert all(one.id for one in invoice.lines)
    assert (invoice.issued_on, invoice.due_on) == (date(2026, 11, 2), date(2026, 12, 2))
    assert (invoice.number, invoice.currency, invoice.type) == ("INV-1", "AUD", "ACCREC")


def test_prices_with_tax_contain_it(xero):
    invoice = made(xero, inclusive=True, lines=(line(quantity=D(1), unit_amount=D("110")),))
    assert (invoice.subtotal, invoice.tax, invoice.total) == (D("100.00"), D("10.00"), D("110.00"))
    assert invoice.inclusive


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"lines": ()}, "One or more line items must be specified"),
        (
            {"lines": (line(account_code="999"),)},
            "Account code '999' is not a valid code for this document.",
        ),
        (
            {"lines": (line(account_code="299"),)},
            "Account code '299' has been archived, or deleted, and cannot be used.",
        ),
        (
            {"lines": (line(tax_type="INPUT"),)},
            (
                "The TaxType code 'INPUT' does not exist or cannot be used for this type of"
                " transaction."
            ),
        ),
        (
            {"lines": (line(account_code="", tax_type=""),), "status": "AUTHORISED"},
            "Account code must be specified Tax type must be specified",
        ),
        ({"status": "AUTHORISED", "due_on": None}, "Due date cannot be empty"),
    ],
)
def test_a_wrong_invoice_is_refused_in_words(xero, values, message):
    with pytest.raises(errors.RefusedError) as no:
        made(xero, **values)
    assert str(no.value) == message
    assert xero.books.invoices == {}


def test_a_number_belongs_to_one_invoice_until_that_is_deleted(xero):
    contact = xero.contact("Harbour & Vine")
    first = made(xero, contact=contact)
    with pytest.raises(errors.RefusedError, match="must be unique"):
        made(xero, "k-2", contact=contact)
    gateway().set_invoice_status(first.id, "DELETED", key="k-3")
    second = made(xero, "k-4", contact=contact)
    assert second.id != first.id
    xero.authorise(second.id)
    xero.void(second.id)
    with pytest.raises(errors.RefusedError, match="must be unique"):
        made(xero, "k-5", contact=contact)


def test_the_same_key_is_answered_again_and_not_done_again(xero):
    contact = xero.contact("Harbour & Vine")
    wanted = draft(xero, contact=contact)
    first, second = (gateway().create_invoice(wanted, key="once") for _ in range(2))
    assert first == second
    with pytest.raises(errors.RefusedError, match="already been used with a different request"):
        gateway().create_invoice(wanted._replace(number="INV-2"), key="once")
    assert len(xero.books.invoices) == 1


def test_a_refusal_is_replayed_under_its_key(xero):
    wrong = draft(xero, lines=(line(account_code="299"),))
    for _ in range(2):
        with pytest.raises(errors.RefusedError, match="archived"):
            gateway().create_invoice(wrong, key="once")
        xero.books.account("299")["Status"] = "ACTIVE"


@pytest.mark.parametrize(
    ("steps", "refused"),
    [
        (["SUBMITTED", "DRAFT", "AUTHORISED", "VOIDED"], "DRAFT"),
        (["DELETED"], "DRAFT"),
        (["AUTHORISED"], "DELETED"),
        (["AUTHORISED"], "DRAFT"),
        ([], "VOIDED"),
        ([], "PAID"),
    ],
)
def test_only_these_moves_are_possible(xero, steps, refused):
    invoice = made(xero)
    for number, status in enumerate(steps):
        moved = gateway().set_invoice_status(invoice.id, status, key=f"m-{number}")
        assert moved.status == status
    with pytest.raises(errors.RefusedError, match="not of valid status for modification"):
        gateway().set_invoice_status(invoice.id, refused, key="last")


def test_a_payment_settles_and_its_deletion_opens_again(xero):
    invoice = made(xero, status="AUTHORISED")
    xero.pay(invoice.id, "25")
    with pytest.raises(errors.RefusedError, match="payment or credit note allocated"):
        gateway().set_invoice_status(invoice.id, "VOIDED", key="v")
    payment = xero.pay(invoice.id)
    paid = gateway().invoice(invoice.id)
    assert (paid.status, paid.amount_paid, paid.amount_due) == ("PAID", paid.total, 0)
    assert [one.amount for one in paid.payments] == [D(25), paid.total - 25]
    xero.unpay(payment["PaymentID"])
    open_again = gateway().invoice(invoice.id)
    assert (open_again.status, open_again.amount_paid) == ("AUTHORISED", D(25))


@pytest.mark.parametrize("kind", ["CreditNote", "Overpayment", "Prepayment"])
def test_credit_is_told_apart_from_payments(xero, kind):
    invoice = made(xero, status="AUTHORISED")
    xero.credit(invoice.id, "5", kind=kind)
    found = gateway().invoice(invoice.id)
    assert (found.amount_paid, found.amount_credited) == (0, D(5))
    assert found.amount_due == found.total - 5
    assert [(one.kind.replace("_", ""), one.amount) for one in found.credits] == [
        (kind.lower(), D(5))
    ]


def test_nothing_is_written_before_the_lock_date(xero):
    invoice = made(xero, status="AUTHORISED")
    xero.lock_until("2026-11-30")
    with pytest.raises(errors.RefusedError, match="period lock date, 30 November 2026"):
        made(xero, "k-2", number="INV-2")
    with pytest.raises(errors.RefusedError, match="period lock date"):
        gateway().set_invoice_status(invoice.id, "VOIDED", key="v")
    assert gateway().organisation().locked_until == date(2026, 11, 30)


def test_a_draft_has_no_pdf_no_mail_and_no_link(xero):
    contact = xero.contact("Harbour & Vine", EmailAddress="pay@harbour.test")
    invoice = made(xero, contact=contact)
    with pytest.raises(errors.MissingError):
        gateway().invoice_pdf(invoice.id)
    with pytest.raises(errors.RefusedError, match="Only SUBMITTED, AUTHORISED and PAID"):
        gateway().email_invoice(invoice.id, key="e-1")
    assert gateway().online_url(invoice.id) == ""
    xero.authorise(invoice.id)
    assert gateway().invoice_pdf(invoice.id).startswith(b"%PDF")
    gateway().email_invoice(invoice.id, key="e-2")
    assert xero.books.mails == [invoice.id]
    assert gateway().online_url(invoice.id) == f"https://in.xero.com/{invoice.id}"


def test_a_mail_needs_an_address(xero):
    invoice = made(xero, status="AUTHORISED")
    with pytest.raises(errors.RefusedError, match="must have an email address"):
        gateway().email_invoice(invoice.id, key="e-1")


def test_invoices_are_found_by_id_number_and_change(xero):
    contact = xero.contact("Harbour & Vine")
    made_now = [made(xero, f"k-{n}", contact=contact, number=f"INV-{n}") for n in range(45)]
    asked = len(xero.calls())
    found = gateway().invoices([one.id for one in made_now])
    assert {one.number for one in found} == {one.number for one in made_now}
    assert len(xero.calls()) - asked == 2  # at most 40 ids a call
    assert [one.number for one in gateway().invoices_by_number("INV-7")] == ["INV-7"]
    assert list(gateway().invoices_changed_since(datetime.now(UTC) + timedelta(hours=1))) == []
    [page] = gateway().invoices_changed_since(datetime.now(UTC) - timedelta(hours=1))
    assert len(page) == 45


def test_what_is_not_there_is_missing(xero):
    for call in (gateway().invoice, gateway().contact, gateway().credit_note):
        with pytest.raises(errors.MissingError):
            call("00000000-0000-0000-0000-000000000000")

"""An invoice as Xero's own page prints it, and the odd shapes beside it."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from agency.errors import BusinessError
from billing.xero import building, parsing
from billing.xero import values as v
from billing.xero.tests.shapes import INVOICE


def test_an_invoice_is_read_without_a_float():
    import json

    read = parsing.invoice(parsing.loads(json.dumps(INVOICE)))
    assert read == v.RemoteInvoice(
        id="243216c5-369e-4056-ac67-05388f86dc81",
        number="INV-2026-00012",
        type="ACCREC",
        status="AUTHORISED",
        contact_id="025867f1-d741-4d6b-b1af-9ac774b59ba7",
        contact_name="City Agency",
        currency="AUD",
        issued_on=date(2026, 10, 12),
        due_on=date(2026, 10, 27),
        subtotal=Decimal("1000.0"),
        tax=Decimal("100.0"),
        total=Decimal("1100.0"),
        amount_due=Decimal("57.6"),
        amount_paid=Decimal("1000.1"),
        amount_credited=Decimal("42.3"),
        updated_at=datetime(2026, 10, 12, 10, 42, 5, 123000, tzinfo=UTC),
        lines=(
            v.Line(
                description="Acme Tires",
                quantity=Decimal(30),
                unit_amount=Decimal("33.3333"),
                account_code="200",
                tax_type="OUTPUT",
                tax=Decimal(100),
                amount=Decimal(1000),
                id="52208ff9-528a-4985-a9ad-b2b1d4210e38",
            ),
        ),
        payments=(
            v.RemotePayment(
                id="0d666415-cf77-43fa-80c7-56775591d426",
                invoice_id="243216c5-369e-4056-ac67-05388f86dc81",
                amount=Decimal("1000.1"),
                paid_on=date(2026, 10, 13),
                reference="EFT 12",
                status="AUTHORISED",
            ),
        ),
        credits=(
            v.RemoteCredit(
                id="aea95d78-ea48-456b-9b08-6bc012600072",
                kind="credit_note",
                number="CN-2026-00002",
                amount=Decimal("30.3"),
                applied_on=date(2026, 10, 14),
            ),
            v.RemoteCredit(
                id="ed7f6041-c915-4667-bd1d-54c48e92161e",
                kind="overpayment",
                number="",
                amount=Decimal(12),
                applied_on=date(2026, 10, 15),
            ),
        ),
    )
    assert type(read.lines[0].unit_amount) is Decimal


def test_a_bare_invoice_is_read_too():
    read = parsing.invoice({"InvoiceID": "i"})
    assert (read.total, read.due_on, read.lines, read.credits) == (Decimal(0), None, (), ())


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("/Date(0)/", datetime(1970, 1, 1, tzinfo=UTC)),
        ("/Date(-86400000+0000)/", datetime(1969, 12, 31, tzinfo=UTC)),
        ("/Date(1791763200000+1300)/", datetime(2026, 10, 12, tzinfo=UTC)),
        ("2026-10-12T00:00:00", datetime(2026, 10, 12, tzinfo=UTC)),
        ("2026-10-12T10:00:00+10:00", datetime(2026, 10, 12, tzinfo=UTC)),
        (None, None),
    ],
)
def test_moments_are_in_utc(text, moment):
    assert parsing.moment(text) == moment


def test_a_tax_rate_is_a_fraction():
    raw = {"TaxType": "OUTPUT", "Name": "GST on Income", "EffectiveRate": Decimal("10.0000")}
    assert parsing.tax_rate(raw).rate == Decimal("0.1")


@pytest.mark.parametrize("amount", ["0.07", "33.3333", "999999999.9999", "-0.01", "1E+3"])
def test_an_amount_reaches_xero_as_it_is(amount):
    assert building.exact(Decimal(amount)) == Decimal(amount)


def test_an_amount_that_would_arrive_as_another_is_not_sent():
    with pytest.raises(BusinessError, match="more digits"):
        building.exact(Decimal("99999999999999.9999"))

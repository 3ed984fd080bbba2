"""What we send adds up in Xero to what we print, whatever stands on the invoice."""

from decimal import Decimal
from unittest.mock import patch

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from agency import money
from billing.bookkeeping import composing
from billing.invoices import totals
from billing.invoices.models import Invoice, InvoiceLine
from billing.invoices.tests.factories import ISSUED_ON
from billing.lines import pricing, taxes
from billing.xero.models import Connection

pytestmark = pytest.mark.django_db
RATES = {"OUTPUT": Decimal("0.10"), "EXEMPTOUTPUT": money.ZERO, "BASEXCLUDED": money.ZERO}


def cents(low, high, places=2):
    return st.decimals(low, high, places=places, allow_nan=False, allow_infinity=False)


LINES = st.lists(
    st.tuples(
        cents(0, 200, 4),
        cents(-500, 500, 4),
        cents(0, 20),
        st.sampled_from(["OUTPUT", "EXEMPTOUTPUT"]),
        st.booleans(),
        cents(0, 900),
    ),
    min_size=1,
    max_size=6,
)


def line_of(row, currency: str) -> InvoiceLine:
    quantity, price, off, code, is_summed, summed = row
    line = InvoiceLine(description="Work", quantity=quantity, unit_price=price, discount=off)
    line.tax_type, line.tax_rate = code, RATES[code]
    line.is_summed, line.amount = is_summed, money.rounded(summed, currency)
    return line


def invoice_of(rows, *, currency, discount, adjustment, inclusive):
    invoice = Invoice(
        currency=currency,
        discount=money.rounded(discount, currency),
        adjustment=money.rounded(adjustment, currency),
        prices_include_tax=inclusive,
    )
    lines = [line_of(row, currency) for row in rows]
    totals.apply(invoice, lines)
    return invoice, lines


def known(**values) -> composing.Books:
    connection = Connection(default_account_code="200")
    return composing.Books(connection, {}, {}, values.get("rates", RATES))


@settings(max_examples=300, deadline=None)
@given(
    rows=LINES,
    currency=st.sampled_from(["AUD", "JPY"]),
    discount=cents(0, 50),
    adjustment=cents(-2, 2),
    inclusive=st.booleans(),
    listed=st.booleans(),
)
def test_xero_comes_to_our_sums(  # noqa: PLR0917 what is drawn
    rows, currency, discount, adjustment, inclusive, listed
):
    invoice, lines = invoice_of(
        rows, currency=currency, discount=discount, adjustment=adjustment, inclusive=inclusive
    )
    books = known() if listed else known(rates={})
    sent = [composing.line_of(invoice, line, at, books) for at, line in enumerate(lines)]
    if invoice.adjustment and listed:
        sent.append(composing.adjustment_of(invoice, books))
    draft = composing.v.InvoiceDraft(
        "INV-1", "", currency, ISSUED_ON, ISSUED_ON, tuple(sent), inclusive=inclusive
    )
    there = composing.predicted(draft, RATES)
    left_out = invoice.adjustment if not listed else money.ZERO
    ours = composing.ours(invoice)
    assert there == (ours.subtotal - left_out, ours.tax, ours.total - left_out)
    assert all(line.discount >= 0 for line in sent)


@settings(max_examples=200, deadline=None)
@given(rows=LINES, discount=cents(0, 50), tax=cents(0, 90), inclusive=st.booleans())
def test_xero_comes_to_kept_figures(rows, discount, tax, inclusive):
    invoice = Invoice(currency="AUD", discount=discount, prices_include_tax=inclusive)
    lines = [line_of(row, "AUD") for row in rows]
    subtotal = sum((pricing.amount_of(line, "AUD") for line in lines), money.ZERO)
    with (
        patch.object(taxes, "usual", lambda: taxes.GST),
        patch.object(taxes, "none", lambda: taxes.LineTax("EXEMPTOUTPUT", money.ZERO)),
    ):
        totals.keep(invoice, lines, subtotal=subtotal, tax=tax)
        sent = [composing.line_of(invoice, line, at, known()) for at, line in enumerate(lines)]
    draft = composing.v.InvoiceDraft(
        "INV-1", "", "AUD", ISSUED_ON, ISSUED_ON, tuple(sent), inclusive=False
    )
    assert composing.is_inclusive(invoice) is False
    assert composing.predicted(draft, RATES) == composing.ours(invoice)

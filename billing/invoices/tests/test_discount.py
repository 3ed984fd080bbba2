"""A discount on the whole invoice."""

from decimal import Decimal

import pytest

from agency.errors import BusinessError
from billing.invoices import operations as invoices
from billing.invoices.tests.factories import make_invoice

pytestmark = pytest.mark.django_db


def test_it_is_spread_over_the_lines_before_tax(staff):
    jane = staff()
    invoice = make_invoice(jane, lines=[("A", "1", "10"), ("B", "1", "10"), ("C", "1", "10")])

    invoice = invoices.update(invoice, by=jane, discount=Decimal("10.00"))

    invoice.refresh_from_db()
    assert [line.discount_share for line in invoice.lines.order_by("position")] == [
        Decimal("3.34"),
        Decimal("3.33"),
        Decimal("3.33"),
    ]
    assert (invoice.subtotal, invoice.discount, invoice.tax) == (30, 10, Decimal("2.01"))
    assert invoice.total == Decimal("22.01")


@pytest.mark.parametrize(
    ("discount", "currency"), [("-1", "AUD"), ("0.001", "AUD"), ("0.5", "JPY")]
)
def test_it_is_whole_units_of_the_currency_from_zero(staff, discount, currency):
    jane = staff()
    invoice = make_invoice(jane, currency=currency)

    with pytest.raises(BusinessError) as refused:
        invoices.update(invoice, by=jane, discount=Decimal(discount))

    assert refused.value.field == "discount"
    invoice.refresh_from_db()
    assert invoice.discount == 0

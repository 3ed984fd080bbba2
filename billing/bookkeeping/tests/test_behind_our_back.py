"""Whatever is done in Xero itself, a sync leaves ours saying what Xero says."""

from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as effort
from hypothesis import strategies as st

from agency.records.models import Event
from billing.bookkeeping import pushing, syncing
from billing.bookkeeping.models import Difference, FollowedCredit
from billing.bookkeeping.tests.factories import again
from billing.invoices.tests.factories import make_customer, make_invoice
from billing.payments import operations as payments
from billing.xero import gateway
from billing.xero.simulator.limits import Limits
from billing.xero.simulator.refusals import Invalid, Refusal

pytestmark = pytest.mark.django_db


@pytest.fixture
def pushed(xero, staff, settings):
    """An approved invoice of 110.00 that we have pushed and somebody approved in Xero."""
    settings.XERO_MINUTE_LIMIT, xero.limits = 10_000, Limits(minute=0.001)
    boss = staff()

    def make(name="Harbour & Vine"):
        invoice = pushing.push(make_invoice(boss, customer=make_customer(name=name)), by=boss)
        xero.authorise(invoice.number)
        syncing.read(invoice)
        return again(invoice)

    return make


def figures(invoice) -> tuple:
    row = again(invoice)
    return row.amount_paid, row.amount_credited, row.balance


def theirs(invoice) -> tuple:
    found = gateway.gateway().invoice(invoice.xero_invoice_id)
    return found.amount_paid, found.amount_credited, found.amount_due


def test_part_paid_paid_and_un_paid(xero, pushed):
    invoice = pushed()
    assert (invoice.status, invoice.xero_status) == ("approved", "AUTHORISED")
    part = xero.pay(invoice.number, "40")
    syncing.read(invoice)
    assert figures(invoice) == (40, 0, 70)
    xero.pay(invoice.number)
    syncing.read(invoice)
    row = again(invoice)
    assert (row.xero_status, row.shown_status, row.balance) == ("PAID", "paid", 0)
    xero.unpay(part["PaymentID"])
    syncing.read(invoice)
    assert figures(invoice) == (70, 0, 40)
    assert again(invoice).payment_status == "partial"


@pytest.mark.parametrize("kind", ["CreditNote", "Overpayment", "Prepayment"])
def test_credited_and_taken_off_again(xero, pushed, kind):
    invoice = pushed()
    note = xero.credit(invoice.number, "30", kind=kind)
    syncing.read(invoice)
    assert figures(invoice) == (0, 30, 80)
    xero.uncredit(note["CreditNoteID"])
    syncing.read(invoice)
    assert figures(invoice) == (0, 0, 110)
    assert FollowedCredit.objects.live().count() == 0


def test_voided_in_xero(xero, pushed):
    invoice = pushed()
    xero.void(invoice.number)
    syncing.read(invoice)
    row = again(invoice)
    assert (row.status, row.xero_status) == ("voided", "VOIDED")
    assert Difference.objects.count() == 0


def test_a_number_changed_in_xero_is_a_difference(xero, pushed):
    invoice = pushed()
    xero.change(invoice.number, InvoiceNumber="X-1")
    syncing.read(invoice)
    assert again(invoice).number == invoice.number
    assert [(one.field, one.theirs) for one in Difference.objects.all()] == [("number", "X-1")]


def test_a_second_read_writes_nothing(xero, pushed):
    invoice = pushed()
    xero.pay(invoice.number, "40")
    xero.credit(invoice.number, "30")
    syncing.read(invoice)
    told = Event.objects.count()
    assert not syncing.read(invoice).is_changed
    assert Event.objects.count() == told


ACTS = st.lists(
    st.tuples(st.sampled_from(["pay", "unpay", "credit", "uncredit"]), st.integers(1, 60)),
    min_size=1,
    max_size=6,
)


@effort(
    max_examples=10,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(acts=ACTS)
def test_any_acts_in_xero_leave_ours_as_xeros(xero, pushed, acts):
    invoice = pushed(name=f"Client {Event.objects.count()}")
    paid, notes = [], []
    for act, amount in acts:
        try:
            if act == "pay":
                paid.append(xero.pay(invoice.number, amount)["PaymentID"])
            elif act == "credit":
                notes.append(xero.credit(invoice.number, amount)["CreditNoteID"])
            elif act == "unpay" and paid:
                xero.unpay(paid.pop())
            elif act == "uncredit" and notes:
                xero.uncredit(notes.pop())
        except (Refusal, Invalid):
            continue  # Xero itself did not allow it
        if amount % 2:
            syncing.read(invoice)
    syncing.read(invoice)
    assert figures(invoice) == theirs(invoice)
    assert Difference.objects.filter(invoice=invoice).count() == 0


def test_what_is_recorded_on_both_sides_is_not_doubled(xero, pushed, staff):
    invoice = pushed()
    theirs_ = xero.pay(invoice.number, "40")
    day = theirs_["Date"]
    payments.create(invoice, by=staff(), amount=Decimal(40), paid_on=day)
    syncing.read(invoice)
    assert figures(invoice) == (40, 0, 70)

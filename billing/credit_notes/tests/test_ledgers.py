"""What a credit note is used for: on invoices, and paid back."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from agency.errors import BusinessError, ConflictError, StateError
from agency.records.history import history_of
from agency.reference.organisation import operations as settings
from billing.credit_notes import ledger_operations as ledger
from billing.credit_notes import operations
from billing.credit_notes.tests.factories import make_issued_note, make_note
from billing.invoices import operations as invoices
from billing.invoices.tests.factories import make_customer, make_invoice, make_issued
from billing.models import CreditApplication, CreditNote, Invoice, Payment, Refund
from billing.payments import operations as payments

pytestmark = pytest.mark.django_db


def owed(invoice) -> tuple:
    invoice.refresh_from_db()
    return (invoice.amount_paid, invoice.amount_credited, invoice.balance)


def used(note) -> tuple:
    note.refresh_from_db()
    return (note.amount_applied, note.amount_refunded, note.remaining)


def test_a_credit_lowers_what_is_owed_and_what_is_left(staff):
    jane = staff()
    invoice = make_issued(jane)
    note = make_issued_note(jane, customer=invoice.customer, lines=[("Goodwill", "1", "60")])

    made = ledger.apply(note, invoice, by=jane, amount=Decimal("16.50"))

    assert (owed(invoice), used(note)) == (
        (0, Decimal("16.5"), Decimal("93.5")),
        (Decimal("16.5"), 0, Decimal("49.5")),
    )
    assert history_of(invoice).first().verb == history_of(note).first().verb == "credit_applied"
    ledger.apply(note, invoice, by=jane)
    assert (owed(invoice), used(note)) == ((0, 66, 44), (66, 0, 0))
    assert note.shown_status == "used"
    ledger.unapply(made, by=jane)
    assert (owed(invoice), used(note)[2]) == (
        (0, Decimal("49.5"), Decimal("60.5")),
        Decimal("16.5"),
    )
    assert CreditApplication.objects.count() == 2
    with pytest.raises(ConflictError, match="has been taken off"):
        ledger.unapply(made, by=jane)


def test_a_credit_and_a_payment_together_pay_an_invoice(staff):
    jane = staff()
    invoice = make_issued(jane)
    note = make_issued_note(jane, customer=invoice.customer, lines=[("Goodwill", "1", "10")])
    ledger.apply(note, invoice, by=jane)

    with pytest.raises(BusinessError, match=r"AUD 0.01 above the balance of AUD 99.00"):
        payments.create(invoice, by=jane, amount=Decimal("99.01"))
    paid = payments.create(invoice, by=jane, amount=Decimal(99))

    assert Invoice.objects.get().shown_status == "paid"
    payments.delete(paid, by=jane)
    assert owed(invoice) == (0, 11, 99)


def test_more_than_is_owed_or_left_is_refused_naming_it(staff):
    jane = staff()
    invoice = make_issued(jane)
    big = make_issued_note(jane, customer=invoice.customer, lines=[("Goodwill", "1", "200")])
    small = make_issued_note(jane, customer=invoice.customer, lines=[("Goodwill", "1", "10")])

    with pytest.raises(BusinessError, match=r"AUD 0.01 above the balance of AUD 110.00"):
        ledger.apply(big, invoice, by=jane, amount=Decimal("110.01"))
    with pytest.raises(BusinessError, match=r"AUD 0.01 above the AUD 11.00 that is left of CN"):
        ledger.apply(small, invoice, by=jane, amount=Decimal("11.01"))
    for amount in ("0", "-1", "0.001"):
        with pytest.raises(BusinessError) as refusal:
            ledger.apply(small, invoice, by=jane, amount=Decimal(amount))
        assert refusal.value.field == "amount"
    ledger.apply(big, invoice, by=jane)
    with pytest.raises(BusinessError, match="Nothing is owed"):
        ledger.apply(small, invoice, by=jane)


def test_a_credit_stays_with_its_company_and_currency(staff):
    jane = staff()
    note = make_issued_note(jane)
    elsewhere = make_issued(jane)
    abroad = make_issued(jane, customer=note.customer, currency="EUR")
    draft = make_invoice(jane, customer=note.customer)

    with pytest.raises(BusinessError, match="another company"):
        ledger.apply(note, elsewhere, by=jane)
    with pytest.raises(BusinessError, match="in EUR"):
        ledger.apply(note, abroad, by=jane)
    with pytest.raises(StateError, match="only an issued invoice"):
        ledger.apply(note, draft, by=jane)
    with pytest.raises(StateError, match="only an issued credit note"):
        ledger.apply(make_note(jane, customer=elsewhere.customer), elsewhere, by=jane)
    assert not CreditApplication.objects.exists()


def test_what_is_left_is_paid_back(staff):
    jane = staff()
    note = make_issued_note(jane)

    first = ledger.refund(note, by=jane, amount=Decimal(100), reference="HV-9")
    ledger.refund(note, by=jane)
    assert used(note) == (0, 110, 0)
    with pytest.raises(BusinessError, match="Nothing is left"):
        ledger.refund(note, by=jane)
    ledger.delete_refund(first, by=jane)

    assert used(note) == (0, 10, 100)
    assert (Refund.objects.count(), Refund.objects.live().count()) == (2, 1)
    with pytest.raises(ConflictError, match="has been deleted"):
        ledger.delete_refund(first, by=jane)
    with pytest.raises(StateError, match="only an issued credit note"):
        ledger.refund(make_note(jane), by=jane)


def test_neither_a_used_note_nor_a_credited_invoice_is_voided(staff):
    jane = staff()
    invoice = make_issued(jane)
    note = make_issued_note(jane, invoice=invoice)
    credit = ledger.apply(note, invoice, by=jane)

    with pytest.raises(ConflictError, match=r"while AUD 110.00 of it is on an invoice"):
        operations.void(note, by=jane)
    with pytest.raises(ConflictError, match=r"while AUD 110.00 is credited"):
        invoices.void(invoice, by=jane)
    ledger.unapply(credit, by=jane)
    paid = ledger.refund(note, by=jane, amount=Decimal(10))
    with pytest.raises(ConflictError, match=r"while AUD 10.00 of it is paid back"):
        operations.void(note, by=jane)
    ledger.delete_refund(paid, by=jane)
    operations.void(note, by=jane)
    invoices.void(invoice, by=jane)


def test_a_closed_period_takes_no_credit_and_no_refund(staff):
    jane = staff()
    invoice = make_issued(jane)
    note = make_issued_note(jane, customer=invoice.customer)
    old = date(2026, 11, 10)
    credit = ledger.apply(note, invoice, by=jane, amount=Decimal(5), applied_on=old)
    paid = ledger.refund(note, by=jane, amount=Decimal(5), paid_on=old)
    settings.update(by=jane, locked_before=date(2026, 11, 15))

    for step in (
        lambda: ledger.apply(note, invoice, by=jane, applied_on=old),
        lambda: ledger.refund(note, by=jane, paid_on=old),
        lambda: ledger.unapply(credit, by=jane),
        lambda: ledger.delete_refund(paid, by=jane),
    ):
        with pytest.raises(ConflictError):
            step()
    assert used(note) == (5, 5, 100)


CENTS = st.integers(1, 30_000).map(lambda cents: Decimal(cents) / 100)
STEPS = st.lists(
    st.tuples(st.sampled_from(["pay", "unpay", "credit", "uncredit", "refund", "void"]), CENTS),
    max_size=12,
)


@hypothesis_settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(steps=STEPS)
def test_in_any_order_an_invoice_is_owed_between_nothing_and_its_total(staff, steps):
    jane = staff()
    customer = make_customer()
    invoice = make_issued(jane, customer=customer)
    note = make_issued_note(jane, customer=customer, lines=[("Goodwill", "1", "150")])

    for step, amount in steps:
        take(step, amount, invoice, note, jane)
        invoice.refresh_from_db()
        note.refresh_from_db()
        assert 0 <= invoice.balance <= invoice.total
        assert 0 <= note.remaining <= note.total
        assert invoice.balance == invoice.total - live(Payment, invoice) - live(
            CreditApplication, invoice
        )


def live(model, invoice) -> Decimal:
    rows = model.objects.live().filter(invoice=invoice)
    return sum(rows.values_list("amount", flat=True), Decimal(0))


def take(step: str, amount: Decimal, invoice: Invoice, note: CreditNote, by) -> None:
    """Take a step, or be told why not."""
    paid = Payment.objects.live().filter(invoice=invoice).first()
    credit = CreditApplication.objects.live().filter(invoice=invoice).first()
    steps = {
        "pay": lambda: payments.create(invoice, by=by, amount=amount),
        "unpay": lambda: paid and payments.delete(paid, by=by),
        "credit": lambda: ledger.apply(note, invoice, by=by, amount=amount),
        "uncredit": lambda: credit and ledger.unapply(credit, by=by),
        "refund": lambda: ledger.refund(note, by=by, amount=amount),
        "void": lambda: invoices.void(invoice, by=by),
    }
    try:
        steps[step]()
    except (BusinessError, StateError, ConflictError):
        return

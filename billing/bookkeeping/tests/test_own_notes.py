"""A credit note of ours that Xero has too pays an invoice once, not twice."""

from decimal import Decimal

import pytest

from billing.bookkeeping import batches, pushing, syncing
from billing.bookkeeping.models import Difference, FollowedCredit
from billing.bookkeeping.tests.factories import again
from billing.credit_notes import ledger_operations as credit
from billing.credit_notes.tests.factories import make_issued_note
from billing.invoices.tests.factories import make_customer, make_invoice
from billing.xero.simulator.limits import Limits

pytestmark = pytest.mark.django_db


@pytest.fixture
def boss(staff):
    return staff()


@pytest.fixture
def invoice(xero, boss, settings):
    """An invoice of 110.00 that is approved here and in Xero."""
    settings.XERO_MINUTE_LIMIT, xero.limits = 10_000, Limits(minute=0.001)
    made = pushing.push(make_invoice(boss, customer=make_customer(name="Harbour")), by=boss)
    xero.authorise(made.number)
    syncing.read(made)
    return again(made)


@pytest.fixture
def note(boss, invoice):
    """A credit note of ours of 30.00 for the same company."""
    lines = [("Goodwill", "1", "30.00")]
    return make_issued_note(boss, customer=invoice.customer, lines=lines)


def enter(xero, invoice, amount, number):
    """Somebody enters a credit note in Xero by hand, and puts it on the invoice."""
    theirs = xero.credit(invoice.number, amount)
    theirs["CreditNoteNumber"] = number
    return theirs


def apply(note, invoice, boss, amount="30"):
    return credit.apply(note, again(invoice), by=boss, amount=Decimal(amount))


def figures(invoice) -> tuple:
    row = again(invoice)
    return row.amount_credited, row.balance


def open_differences() -> list[tuple]:
    return list(Difference.objects.values_list("field", "ours", "theirs", "cause"))


def followed() -> list[Decimal]:
    return list(FollowedCredit.objects.live().values_list("amount", flat=True))


def kept(note) -> str | None:
    note.refresh_from_db()
    return note.xero_credit_note_id


def test_applied_here_and_then_entered_in_xero(xero, boss, invoice, note):
    apply(note, invoice, boss)
    theirs = enter(xero, invoice, "30", note.number)
    syncing.read(invoice)
    assert (figures(invoice), followed(), open_differences()) == ((30, 80), [], [])
    assert kept(note) == theirs["CreditNoteID"]
    assert note.remaining == note.total - 30


def test_entered_in_xero_and_then_applied_here(xero, boss, invoice, note):
    enter(xero, invoice, "30", note.number)
    syncing.read(invoice)
    cause = f"Xero has our credit note {note.number} on it; apply it here too, or take it off in"
    assert open_differences() == [("credited", "AUD 0.00", "AUD 30.00", f"{cause} Xero.")]
    assert (figures(invoice), followed()) == ((0, 110), [])
    apply(note, invoice, boss)
    syncing.read(invoice)
    assert (figures(invoice), followed(), open_differences()) == ((30, 80), [], [])


def test_followed_before_the_note_was_issued_here(xero, boss, invoice, note):
    theirs = enter(xero, invoice, "30", "not ours yet")
    syncing.read(invoice)
    assert (figures(invoice), followed()) == ((30, 80), [30])
    apply(note, invoice, boss)
    theirs["CreditNoteNumber"] = note.number
    syncing.read(invoice)
    assert (figures(invoice), followed(), open_differences()) == ((30, 80), [], [])


def test_another_amount_in_xero_is_a_difference(xero, boss, invoice, note):
    apply(note, invoice, boss, "10")
    enter(xero, invoice, "30", note.number)
    syncing.read(invoice)
    cause = f"Xero has another amount of our credit note {note.number} on it: make both the same."
    assert open_differences() == [("credited", "AUD 10.00", "AUD 30.00", cause)]
    assert (figures(invoice), followed()) == ((10, 100), [])


def test_a_note_of_another_amount_is_told_though_the_sums_agree(xero, boss, invoice, note):
    other = make_issued_note(boss, customer=invoice.customer)
    apply(note, invoice, boss, "10")
    apply(other, invoice, boss, "30")
    enter(xero, invoice, "30", note.number)
    enter(xero, invoice, "10", other.number)
    syncing.read(invoice)
    assert [one[:3] for one in open_differences()] == [("credited", "AUD 10.00", "AUD 30.00")]
    assert (figures(invoice), followed()) == ((40, 70), [])


def test_known_by_its_id_under_another_number(xero, boss, invoice, note):
    apply(note, invoice, boss)
    enter(xero, invoice, "30", note.number)
    syncing.read(invoice)
    theirs = next(iter(xero.books.notes.values()))
    theirs["CreditNoteNumber"] = "renamed"
    syncing.read(invoice)
    assert (figures(invoice), followed(), open_differences()) == ((30, 80), [], [])


def test_the_same_number_of_another_company_is_not_ours(xero, boss, invoice):
    others = make_issued_note(boss, customer=make_customer(name="Somebody else"))
    enter(xero, invoice, "30", others.number)
    syncing.read(invoice)
    assert (figures(invoice), followed(), kept(others)) == ((30, 80), [30], None)


def test_beside_a_credit_that_only_xero_has(xero, boss, invoice, note):
    apply(note, invoice, boss)
    enter(xero, invoice, "30", note.number)
    xero.credit(invoice.number, "5")
    xero.credit(invoice.number, "7", kind="Overpayment")
    syncing.read(invoice)
    assert (figures(invoice), sorted(followed()), open_differences()) == ((42, 68), [5, 7], [])


def test_a_second_sync_changes_nothing(xero, boss, invoice, note):
    apply(note, invoice, boss)
    enter(xero, invoice, "30", note.number)
    assert syncing.read(invoice).is_changed
    assert not syncing.read(again(invoice)).is_changed


def test_many_at_once_count_it_once_too(xero, boss, invoice, note):
    apply(note, invoice, boss)
    theirs = enter(xero, invoice, "30", note.number)
    assert batches.sync([again(invoice)]) == []
    assert (figures(invoice), followed(), kept(note)) == ((30, 80), [], theirs["CreditNoteID"])

"""Payments and credits for one invoice at the same moment."""

from decimal import Decimal

import pytest

from agency.errors import BusinessError, ConflictError
from agency.tests.racing import race
from billing.credit_notes import ledger_operations as ledger
from billing.credit_notes import operations
from billing.credit_notes.tests.factories import make_issued_note, make_note
from billing.invoices.tests.factories import make_customer, make_issued
from billing.models import CreditApplication, CreditNote, Invoice, Payment
from billing.payments import operations as payments

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)


def test_payments_and_credits_at_once_never_exceed_the_balance(staff):
    jane = staff()
    invoice = make_issued(jane)
    note = make_issued_note(jane, customer=invoice.customer, lines=[("Goodwill", "1", "200")])

    def step(number: int):
        if number % 2:
            return ledger.apply(note, invoice, by=jane, amount=Decimal(30))
        return payments.create(invoice, by=jane, amount=Decimal(30))

    results = race(8, step)

    made = [one for one in results if isinstance(one, Payment | CreditApplication)]
    refused = [one for one in results if isinstance(one, BusinessError)]
    assert (len(made), len(refused)) == (3, 5), results
    invoice, note = Invoice.objects.get(), CreditNote.objects.get()
    assert invoice.amount_paid + invoice.amount_credited == 90
    assert (invoice.balance, note.amount_applied) == (20, invoice.amount_credited)


def test_one_note_is_used_once_however_many_invoices_take_it(staff):
    jane = staff()
    customer = make_customer()
    owed = [make_issued(jane, customer=customer) for _ in range(6)]
    note = make_issued_note(jane, customer=customer, lines=[("Goodwill", "1", "50")])

    def step(number: int):
        if number == 6:
            return ledger.refund(note, by=jane)
        if number == 7:
            return operations.void(note, by=jane)
        return ledger.apply(note, owed[number], by=jane, amount=Decimal(20))

    results = race(8, step)

    assert all(not isinstance(one, Exception) or isinstance(one, BusinessError) for one in results)
    note.refresh_from_db()
    assert note.remaining == note.total - note.amount_applied - note.amount_refunded >= 0
    credited = sum(Invoice.objects.values_list("amount_credited", flat=True))
    assert credited == note.amount_applied


def test_numbers_are_dense_and_an_invoice_is_credited_once(staff):
    jane = staff()
    invoice = make_issued(jane)
    drafts = [make_note(jane, invoice=invoice) for _ in range(3)]
    drafts += [make_note(jane) for _ in range(3)]

    results = race(6, lambda number: operations.issue(drafts[number], by=jane))

    assert sum(isinstance(one, CreditNote) for one in results) == 4, results
    assert all(isinstance(one, CreditNote | BusinessError | ConflictError) for one in results)
    numbers = CreditNote.objects.exclude(number=None).values_list("number", flat=True)
    assert sorted(numbers) == [f"CN-2026-{seq:05}" for seq in range(1, 5)]

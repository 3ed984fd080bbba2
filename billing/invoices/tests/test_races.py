"""Many people invoice and pay at the same moment."""

from decimal import Decimal

import pytest

from agency.errors import BusinessError, ConflictError
from agency.tests.racing import race
from billing.invoices import operations as invoices
from billing.invoices.tests.factories import (
    ISSUED_ON,
    make_budget,
    make_customer,
    make_issued,
    make_time,
)
from billing.models import Invoice, InvoiceLine, Payment
from billing.payments import operations as payments
from crm.models import TimeEntry

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)
CLIENTS = 16


def generate_at_once(budget, person) -> list:
    return race(
        CLIENTS,
        lambda _: invoices.create(by=person, budget=budget, generate_from_budget=True),
    )


def billed(results: list) -> int:
    """How many made an invoice; all others met a conflict and nothing else."""
    made = [result for result in results if isinstance(result, Invoice)]
    refused = [result for result in results if isinstance(result, ConflictError)]
    assert len(made) + len(refused) == len(results), results
    return len(made)


def test_sixteen_at_once_bill_a_retainer_once(staff):
    budget = make_budget(budget_type="retainer", lines=[("Month", 1, 1000)])

    assert billed(generate_at_once(budget, staff())) == 1


def test_sixteen_at_once_bill_a_fixed_price_once(staff):
    budget = make_budget(budget_type="fixed_price", total_amount=5000)

    assert billed(generate_at_once(budget, staff())) == 1
    assert sum(InvoiceLine.objects.values_list("net", flat=True)) == 5000


def test_sixteen_at_once_bill_the_time_once(staff):
    jane = staff()
    budget = make_budget(budget_type="time_and_materials")
    for _ in range(20):
        make_time(budget, jane, minutes=20, rate="50")

    assert billed(generate_at_once(budget, jane)) == 1
    assert TimeEntry.objects.filter(invoice_line=None).count() == 0
    assert InvoiceLine.objects.get().net == Decimal("333.40")


def test_numbers_are_dense_whoever_issues(staff):
    jane = staff()
    drafts = [
        invoices.create(
            by=jane,
            customer=make_budget().customer,
            lines=[{"description": "Work", "quantity": Decimal(1), "unit_price": Decimal(1)}],
            issued_on=ISSUED_ON,
            due_on=ISSUED_ON,
        )
        for _ in range(CLIENTS)
    ]

    race(CLIENTS, lambda number: invoices.finalise(drafts[number], by=jane))

    given = sorted(Invoice.objects.values_list("number", flat=True))
    assert given == [f"INV-2026-{number:05}" for number in range(1, CLIENTS + 1)]


def one_line(jane, **values):
    line = {"description": "Work", "quantity": Decimal(1), "unit_price": Decimal(1)}
    values |= {"issued_on": ISSUED_ON, "due_on": ISSUED_ON}
    return invoices.create(by=jane, customer=make_customer(), lines=[line], **values)


def test_a_number_that_sixteen_type_at_once_is_given_once(staff):
    jane = staff()

    made = race(CLIENTS, lambda _: one_line(jane, number="HV-7"))

    assert billed(made) == 1
    assert {one.field for one in made if isinstance(one, ConflictError)} == {"number"}


def test_a_number_typed_while_others_are_issued_is_skipped_or_refused(staff):
    jane = staff()
    drafts = [one_line(jane) for _ in range(CLIENTS)]

    def step(number: int):
        if number % 2:
            return one_line(jane, number=f"INV-2026-{number:05}")
        return invoices.finalise(drafts[number], by=jane)

    results = race(CLIENTS, step)

    assert all(isinstance(one, Invoice) for one in results[::2]), results
    assert billed(results[1::2]) + CLIENTS // 2 == Invoice.objects.exclude(number=None).count()


def test_payments_at_once_never_exceed_the_balance(staff, extent):
    """64 clients, 2,000 payments on 20 invoices: the ledger takes what is owed and no more."""
    jane, each = staff(), Decimal("10.00")
    total, clients = extent(2000), 64
    owed = [make_issued(jane, lines=[("Work", "1", "400")]) for _ in range(20)]

    def pay(client: int) -> list:
        outcomes = []
        for number in range(client, total, clients):
            try:
                payments.create(owed[number % len(owed)], by=jane, amount=each)
                outcomes.append("paid")
            except BusinessError:
                outcomes.append("refused")
        return outcomes

    outcomes = [outcome for part in race(clients, pay) for outcome in part]

    accepted = outcomes.count("paid")
    assert len(outcomes) == total
    assert Payment.objects.live().count() == accepted
    expected = sum(min(44, len(range(n, total, 20))) for n in range(20))
    assert accepted == expected
    for invoice in Invoice.objects.all():
        paid = sum(invoice.payments.values_list("amount", flat=True))
        assert (invoice.amount_paid, invoice.balance) == (paid, invoice.total - paid)
        assert invoice.balance >= 0

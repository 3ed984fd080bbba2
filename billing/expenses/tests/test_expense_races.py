"""Many people bill the same expense at the same moment."""

from decimal import Decimal

import pytest

from agency.errors import BusinessError, ConflictError
from agency.tests.racing import race
from billing.expenses import operations as expenses
from billing.expenses.models import Expense
from billing.expenses.tests.factories import make_customer, make_expense
from billing.invoices import filling
from billing.invoices import operations as invoices
from billing.invoices.tests.factories import make_budget, make_invoice, make_time
from billing.models import Invoice, InvoiceLine
from crm.models import TimeEntry

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)
CLIENTS = 16


def counted(results: list, kind: type) -> int:
    """How many went through; all others met a refusal and nothing else."""
    refused = [result for result in results if isinstance(result, BusinessError)]
    made = [result for result in results if isinstance(result, kind)]
    assert len(made) + len(refused) == len(results), results
    return len(made)


def test_sixteen_drafts_at_once_bill_an_expense_once(staff):
    jane, customer = staff(), make_customer()
    expense = make_expense(jane, customer=customer, is_billable=True)
    drafts = [make_invoice(jane, customer=customer, lines=[]) for _ in range(CLIENTS)]

    results = race(CLIENTS, lambda number: filling.add(drafts[number], by=jane, expenses=[expense]))

    assert counted(results, Invoice) == 1
    assert InvoiceLine.objects.count() == 1
    assert Expense.objects.get().invoice_line == InvoiceLine.objects.get()
    assert sorted(Invoice.objects.values_list("total", flat=True)) == [0] * 15 + [200]


def test_sixteen_at_once_on_one_draft_bill_it_once(staff):
    jane, customer = staff(), make_customer()
    expense = make_expense(jane, customer=customer, is_billable=True)
    draft = make_invoice(jane, customer=customer, lines=[])

    results = race(CLIENTS, lambda _: filling.add(draft, by=jane, expenses=[expense]))

    assert counted(results, Invoice) == 1
    assert draft.lines.count() == 1


def test_time_is_taken_once_by_hand_or_by_its_budget(staff):
    jane = staff()
    budget = make_budget(budget_type="time_and_materials")
    entries = [make_time(budget, jane, customer=budget.customer) for _ in range(4)]
    drafts = [make_invoice(jane, customer=budget.customer, lines=[]) for _ in range(CLIENTS)]

    def take(number: int):
        if number % 2:
            return filling.add(drafts[number], by=jane, entries=entries)
        return invoices.create(by=jane, budget=budget, generate_from_budget=True)

    results = race(CLIENTS, take)

    assert counted(results, Invoice) == 1
    assert TimeEntry.objects.filter(invoice_line=None).count() == 0
    assert sum(InvoiceLine.objects.values_list("net", flat=True)) == 400


def test_changing_deleting_and_billing_at_once_leave_one_truth(staff):
    jane, customer = staff(), make_customer()
    expense = make_expense(jane, customer=customer, is_billable=True)
    draft = make_invoice(jane, customer=customer, lines=[])

    def step(number: int):
        if number % 4 == 0:
            return filling.add(draft, by=jane, expenses=[expense])
        if number % 4 == 1:
            return expenses.delete(expense, by=jane)
        return expenses.update(expense, by=jane, amount=Decimal(300 + number))

    results = race(CLIENTS, step)

    assert [one for one in results if isinstance(one, Exception)] == [
        one for one in results if isinstance(one, ConflictError)
    ]
    left = Expense.objects.select_related("invoice_line").first()
    assert draft.lines.count() == (1 if left else 0)
    assert left is None or left.invoice_line.amount == left.amount

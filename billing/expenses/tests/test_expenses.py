"""Noting, changing and removing expenses."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from agency.errors import BusinessError, ConflictError, StateError
from agency.records.history import history_of
from agency.reference import organisation
from agency.reference.models import Organisation, PaymentMode
from billing.expenses import categories, operations
from billing.expenses.models import Expense, ExpenseCategory
from billing.expenses.tests.factories import (
    SPENT_ON,
    category,
    make_customer,
    make_expense,
    make_project,
)
from billing.invoices import filling
from billing.invoices.tests.factories import make_invoice

pytestmark = pytest.mark.django_db


def close_before(day: date) -> None:
    Organisation.objects.filter(pk=1).update(locked_before=day)
    organisation.forget()


def test_the_tax_is_taken_from_the_amount_before_tax(staff):
    expense = make_expense(staff(), amount="99.99", tax_type="OUTPUT")

    assert (expense.tax_rate, expense.tax, expense.total) == (
        Decimal("0.1"),
        Decimal("10.00"),
        Decimal("109.99"),
    )


def test_without_a_tax_type_there_is_no_tax(staff):
    expense = make_expense(staff(), amount="250")

    assert (expense.tax_type, expense.tax, expense.total) == ("", 0, 250)


def test_what_is_left_out_follows_from_the_project(staff):
    lumen = make_customer("Lumen Robotics", currency="USD")
    project = make_project(lumen)

    expense = operations.create(by=staff(), category=category(), amount=Decimal(5), project=project)

    assert (expense.customer, expense.currency) == (lumen, "USD")
    assert expense.spent_on == organisation.today()


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"amount": "0"}, "amount"),
        ({"amount": "-5"}, "amount"),
        ({"amount": "5.001"}, "amount"),
        ({"amount": "5.5", "currency": "JPY"}, "amount"),
        ({"currency": "ZZZ"}, "currency"),
        ({"tax_type": "NOPE"}, "tax_type"),
    ],
)
def test_what_is_wrong_is_refused_by_name(staff, values, field):
    with pytest.raises(BusinessError) as refused:
        make_expense(staff(), **values)

    assert refused.value.field == field
    assert not Expense.objects.exists()


def test_a_project_is_of_the_same_company(staff):
    jane = staff()
    project, other = make_project(make_customer("One")), make_customer("Two")

    with pytest.raises(BusinessError, match="another company"):
        make_expense(jane, project=project, customer=other)
    expense = make_expense(jane, project=project)
    moved = operations.update(expense, by=jane, customer=other)
    assert (moved.customer, moved.project) == (other, None)


def test_categories_and_modes_out_of_use_stay_where_they_are(staff):
    jane = staff()
    mode = PaymentMode.objects.get(name="Card")
    expense = make_expense(jane, payment_mode=mode)
    categories.update(expense.category, by=jane, is_active=False)
    PaymentMode.objects.filter(pk=mode.pk).update(is_active=False)

    with pytest.raises(BusinessError, match="no longer in use"):
        make_expense(jane)
    assert operations.update(expense, by=jane, note="Kept", category=category()).note == "Kept"


def test_a_change_moves_the_tax_and_leaves_history(staff):
    jane = staff()
    expense = make_expense(jane, amount="100", tax_type="OUTPUT")

    changed = operations.update(expense, by=jane, amount=Decimal(275), note="New receipt")

    assert (changed.tax, changed.total) == (Decimal("27.50"), Decimal("302.50"))
    newest = history_of(expense).first()
    assert (newest.verb, sorted(newest.changes)) == ("updated", ["amount", "note"])
    before = history_of(expense).count()
    operations.update(expense, by=jane, note="New receipt")
    assert history_of(expense).count() == before


def test_a_closed_period_takes_gives_and_loses_no_expense(staff):
    jane = staff()
    expense = make_expense(jane)
    close_before(date(2026, 11, 10))

    for step in (
        lambda: make_expense(jane),
        lambda: operations.update(expense, by=jane, amount=Decimal(1)),
        lambda: operations.update(expense, by=jane, spent_on=date(2026, 11, 20)),
        lambda: operations.delete(expense, by=jane),
    ):
        with pytest.raises(ConflictError, match="closed period"):
            step()
    assert Expense.objects.get().amount == 200
    later = make_expense(jane, spent_on=date(2026, 11, 20))
    with pytest.raises(ConflictError, match="closed period"):
        operations.update(later, by=jane, spent_on=SPENT_ON)


def test_an_expense_on_an_invoice_is_locked(staff):
    jane = staff()
    expense = make_expense(jane, customer=make_customer(), is_billable=True)
    filling.add(make_invoice(jane, customer=expense.customer), by=jane, expenses=[expense])

    for step in (
        lambda: operations.update(expense, by=jane, amount=Decimal(1)),
        lambda: operations.update(expense, by=jane, is_billable=False),
        lambda: operations.delete(expense, by=jane),
    ):
        with pytest.raises(StateError, match="on an invoice"):
            step()
    assert Expense.objects.get().amount == 200


def test_deleting_one_leaves_its_history(staff):
    jane = staff()
    expense = make_expense(jane)
    operations.delete(expense, by=jane)

    assert not Expense.objects.exists()
    verbs = [event.verb for event in history_of(Expense(pk=expense.pk))]
    assert verbs in (["deleted", "created"], [])


def test_the_database_keeps_what_no_door_may_write(staff):
    jane = staff()
    expense = make_expense(jane, customer=make_customer())
    rows = Expense.objects.filter(pk=expense.pk)
    line = make_invoice(jane, customer=expense.customer).lines.get()
    other = make_expense(jane, customer=expense.customer, is_billable=True)

    for wrong in ({"amount": 0}, {"total": 1}, {"invoice_line": line}):
        with pytest.raises(IntegrityError), transaction.atomic():
            rows.update(**wrong)
    Expense.objects.filter(pk=other.pk).update(invoice_line=line)
    with pytest.raises(IntegrityError), transaction.atomic():
        rows.update(invoice_line=line, is_billable=True)


def test_a_customer_with_expenses_is_kept(staff, api):
    jane = staff()
    customer = make_customer()
    make_expense(jane, customer=customer)

    answer = api(jane).delete(f"/api/companies/{customer.pk}")

    assert answer.status_code == 409
    assert "1 expense" in answer.json()["message"]


class TestCategories:
    def test_the_first_nine_are_there(self, db):
        names = dict(ExpenseCategory.objects.values_list("pk", "name"))
        assert (names[1], names[3], len(names)) == ("General", "Office supplies", 9)

    def test_a_name_is_there_once_in_any_case(self, staff):
        jane = staff()
        made = categories.create(name="Parking", by=jane)
        with pytest.raises(ConflictError, match="parking"):
            categories.create(name="parking", by=jane)
        assert categories.update(made, by=jane, name="PARKING").name == "PARKING"

"""Chosen time and expenses on a draft: a line each, billed once, freed with the line."""

from decimal import Decimal

import pytest

from agency.errors import BusinessError, ConflictError, StateError
from agency.records.history import history_of
from billing.expenses.models import Expense
from billing.expenses.tests.factories import make_expense
from billing.invoices import filling, line_operations, printing
from billing.invoices import operations as invoices
from billing.invoices.tests.factories import (
    ISSUED_ON,
    make_budget,
    make_customer,
    make_invoice,
    make_time,
)
from billing.lines import taxes
from billing.models import Invoice, InvoiceLine
from crm.models import Project, TimeEntry

pytestmark = pytest.mark.django_db


@pytest.fixture
def jane(staff):
    return staff(first_name="Jane", last_name="Doe")


@pytest.fixture
def draft(jane):
    return make_invoice(jane, customer=make_customer(), lines=[])


def spent(jane, draft, **values) -> Expense:
    return make_expense(jane, customer=draft.customer, is_billable=True, **values)


def worked(jane, draft, minutes=60, rate="50", **values) -> TimeEntry:
    budget = values.pop("budget", None) or make_budget(customer=draft.customer)
    return make_time(budget, jane, minutes=minutes, rate=rate, customer=draft.customer, **values)


def lines_of(invoice) -> list[tuple]:
    rows = InvoiceLine.objects.filter(invoice=invoice).order_by("position")
    return [(row.description, row.quantity, row.unit_price, row.amount, row.tax) for row in rows]


def test_each_entry_and_each_expense_becomes_a_line(jane, draft):
    decal = worked(jane, draft, 140, description="Painting decal", status="draft")
    tyres = worked(jane, draft, 20, description="New tyres")
    bought = spent(jane, draft, name="4 New Tyres", amount="200", description="All weather")
    paint = spent(jane, draft, name="Paint", amount="25", tax_type="OUTPUT")

    filled = filling.add(draft, by=jane, entries=[tyres, decal], expenses=[bought, paint])

    assert lines_of(draft) == [
        ("Painting decal", Decimal("2.3333"), 50, Decimal("116.67"), Decimal("11.67")),
        ("New tyres", Decimal("0.3333"), 50, Decimal("16.67"), Decimal("1.67")),
        ("4 New Tyres", 1, 200, 200, 0),
        ("Paint", 1, 25, 25, Decimal("2.50")),
    ]
    assert (filled.subtotal, filled.tax, filled.total) == (
        Decimal("358.34"),
        Decimal("15.84"),
        Decimal("374.18"),
    )
    first, _, third, _ = InvoiceLine.objects.order_by("position")
    assert (first.long_description, third.long_description) == (
        "Jane Doe, 2 November 2026",
        "All weather",
    )
    decal.refresh_from_db()
    bought.refresh_from_db()
    assert (decal.invoice_line, bought.invoice_line) == (first, third)


def test_untaxed_lines_make_the_total_what_they_say(jane, draft):
    entries = [worked(jane, draft, 140), worked(jane, draft, 20)]
    expenses = [spent(jane, draft, amount="200"), spent(jane, draft, amount="25")]

    filled = filling.add(draft, by=jane, entries=entries, expenses=expenses, untaxed=True)

    assert (filled.tax, filled.total) == (0, Decimal("358.34"))
    assert set(InvoiceLine.objects.values_list("tax_type", flat=True)) == {taxes.none().code}


def test_prices_that_include_tax_carry_the_total_of_an_expense(jane):
    invoice = make_invoice(jane, customer=make_customer(), lines=[], prices_include_tax=True)
    expense = spent(jane, invoice, amount="99.99", tax_type="OUTPUT")

    filled = filling.add(invoice, by=jane, expenses=[expense])

    line = invoice.lines.get()
    assert (line.unit_price, line.net, line.tax) == (
        Decimal("109.99"),
        Decimal("99.99"),
        Decimal("10.00"),
    )
    assert filled.total == Decimal("109.99")


def test_an_expense_is_billed_once(jane, draft):
    expense = spent(jane, draft)
    filling.add(draft, by=jane, expenses=[expense])
    other = make_invoice(jane, customer=draft.customer, lines=[])

    for invoice in (draft, other):
        with pytest.raises(ConflictError, match="on an invoice already"):
            filling.add(invoice, by=jane, expenses=[expense])
    assert InvoiceLine.objects.count() == 1


def test_time_is_billed_once_by_hand_or_from_its_budget(jane, draft):
    budget = make_budget(customer=draft.customer, budget_type="time_and_materials")
    entry = worked(jane, draft, budget=budget)
    filling.add(draft, by=jane, entries=[entry])

    with pytest.raises(ConflictError, match="nothing to invoice"):
        invoices.create(by=jane, budget=budget, generate_from_budget=True)
    with pytest.raises(ConflictError, match="on an invoice already"):
        filling.add(draft, by=jane, entries=[entry])


def test_one_that_does_not_fit_stops_all(jane, draft):
    good, foreign = spent(jane, draft), make_expense(jane, is_billable=True)
    dollars = spent(jane, draft, currency="USD")
    own = make_expense(jane, customer=draft.customer)
    sent_back = worked(jane, draft, status="rejected")
    not_billable = worked(jane, draft, is_billable=False)

    for expenses, entries, reason in (
        ([good, foreign], [], "not for the company"),
        ([good, dollars], [], "is in USD"),
        ([good, own], [], "not billable"),
        ([good], [sent_back], "sent back"),
        ([good], [not_billable], "not billable"),
    ):
        with pytest.raises(BusinessError, match=reason):
            filling.add(draft, by=jane, expenses=expenses, entries=entries)
    assert not InvoiceLine.objects.exists()
    assert not Expense.objects.exclude(invoice_line=None).exists()


def test_a_draft_without_a_company_takes_work_of_its_project_alone(jane):
    project = Project.objects.create(name="In house")
    invoice = invoices.create(by=jane, project=project, issued_on=ISSUED_ON)
    mine = make_expense(jane, project=project, is_billable=True)
    other = make_expense(jane, is_billable=True)

    filling.add(invoice, by=jane, expenses=[mine])
    with pytest.raises(BusinessError, match="not for the company"):
        filling.add(invoice, by=jane, expenses=[other])


def make_budget_project():
    from crm.models import Project

    return Project.objects.create(name="In house")


def test_an_issued_invoice_takes_nothing_and_gives_nothing(jane, draft):
    expense = spent(jane, draft)
    filling.add(draft, by=jane, expenses=[expense])
    issued = invoices.finalise(draft, by=jane)

    with pytest.raises(StateError, match="frozen"):
        filling.add(issued, by=jane, expenses=[spent(jane, draft)])
    with pytest.raises(StateError, match="frozen"):
        filling.remove(issued, by=jane, expenses=[expense])
    assert [line["description"] for line in printing.document(issued)["lines"]] == ["General"]


def freed_by_removing(jane, invoice):
    line_operations.remove(invoice.lines.first(), by=jane)


def freed_by_the_editor(jane, invoice):
    line_operations.replace(invoice, [], by=jane)


def freed_by_voiding(jane, invoice):
    invoices.void(invoices.finalise(invoice, by=jane), by=jane)


def freed_by_deleting(jane, invoice):
    invoices.delete(invoice, by=jane)


def freed_by_taking_off(jane, invoice):
    filling.remove(invoice, by=jane, expenses=Expense.objects.all())


@pytest.mark.parametrize(
    "free",
    [
        freed_by_removing,
        freed_by_the_editor,
        freed_by_voiding,
        freed_by_deleting,
        freed_by_taking_off,
    ],
)
def test_what_takes_the_line_away_frees_the_expense(jane, draft, free):
    expense = spent(jane, draft)
    filling.add(draft, by=jane, expenses=[expense])

    free(jane, Invoice.objects.get())

    expense.refresh_from_db()
    assert (expense.is_billed, Expense.objects.to_invoice().count()) == (False, 1)
    verbs = [event.verb for event in history_of(expense)]
    assert verbs == ["released", "invoiced", "created"]


def test_time_taken_off_takes_its_line_and_the_totals_follow(jane, draft):
    keep, go = worked(jane, draft, 60), worked(jane, draft, 30)
    filling.add(draft, by=jane, entries=[keep, go])

    left = filling.remove(draft, by=jane, entries=[go])

    assert (left.subtotal, left.total) == (50, 55)
    go.refresh_from_db()
    assert go.invoice_line is None
    verbs = [event.verb for event in history_of(draft)]
    assert verbs == ["line_item_removed", "line_item_added", "line_item_added", "created"]


def test_a_line_of_several_entries_is_left_with_the_others(jane):
    budget = make_budget(budget_type="time_and_materials")
    first, second = (make_time(budget, jane, minutes=m, rate="50") for m in (140, 20))
    invoice = invoices.create(by=jane, budget=budget, generate_from_budget=True)

    filling.remove(invoice, by=jane, entries=[first])

    line = invoice.lines.get()
    assert (line.quantity, line.amount) == (Decimal("0.3333"), Decimal("16.67"))
    second.refresh_from_db()
    assert second.invoice_line == line
    line_operations.update(line, by=jane, unit_price=Decimal(60))
    make_time(budget, jane, minutes=5, rate="50", invoice_line=line)
    with pytest.raises(ConflictError, match="priced by hand"):
        filling.remove(invoice, by=jane, entries=[second])


def test_what_is_not_on_the_invoice_is_not_taken_off(jane, draft):
    expense = spent(jane, draft)
    other = make_invoice(jane, customer=draft.customer, lines=[])
    filling.add(other, by=jane, expenses=[expense])

    with pytest.raises(ConflictError, match="not on this invoice"):
        filling.remove(draft, by=jane, expenses=[expense])
    with pytest.raises(ConflictError, match="not on this invoice"):
        filling.remove(draft, by=jane, entries=[worked(jane, draft)])
    expense.refresh_from_db()
    assert expense.invoice == other


def test_company_and_currency_stay_while_work_is_on_the_draft(jane, draft):
    filling.add(draft, by=jane, expenses=[spent(jane, draft)])

    for change in ({"currency": "USD"}, {"customer": make_customer(name="Other")}):
        with pytest.raises(ConflictError, match="stay"):
            invoices.update(draft, by=jane, **change)


def test_an_expense_uses_up_no_budget(jane):
    budget = make_budget(budget_type="fixed_price", total_amount=5000)
    invoice = make_invoice(jane, budget=budget, lines=[("First part", "1", "2000")])
    filling.add(invoice, by=jane, expenses=[spent(jane, invoice)])

    made = invoices.create(by=jane, budget=budget, generate_from_budget=True)

    assert made.subtotal == 3000


@pytest.mark.parametrize("size", [1, 4])
def test_adding_costs_the_same_however_much_is_added(jane, draft, django_assert_num_queries, size):
    entries = [worked(jane, draft) for _ in range(size)]
    expenses = [spent(jane, draft) for _ in range(size)]
    # savepoint and its end; invoice, closed period; time and expenses, locked; last place, lines;
    # both marked; lines read, priced (in a savepoint), totals; what history tells, two histories
    with django_assert_num_queries(17):
        filling.add(draft, by=jane, entries=entries, expenses=expenses)

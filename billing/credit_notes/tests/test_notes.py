"""A credit note from its draft to its number: copied from an invoice, frozen once issued."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import DatabaseError, connection, transaction

from agency.errors import BusinessError, ConflictError, NotAllowedError, StateError
from agency.records.history import history_of
from agency.reference.organisation import operations as settings
from billing.credit_notes import line_operations, operations
from billing.credit_notes.tests.factories import make_issued_note, make_note
from billing.invoices import operations as invoices
from billing.invoices.tests.factories import (
    ISSUED_ON,
    make_budget,
    make_customer,
    make_invoice,
    make_issued,
)
from billing.models import CreditNote, CreditNoteLine, Invoice
from crm.merging import operations as merging

pytestmark = pytest.mark.django_db


def sums(note) -> tuple:
    return (note.subtotal, note.discount, note.tax, note.total, note.remaining)


def test_a_note_takes_back_a_whole_invoice_to_the_cent(staff):
    jane = staff()
    lines = [("Design", "1", "33.33"), ("Build", "2", "66.67"), ("Care", "0.5", "0.05")]
    invoice = make_issued(jane, lines=lines, discount=Decimal("10.01"), adjustment=Decimal("-0.02"))

    note = make_issued_note(jane, invoice=invoice)

    assert (note.number, note.customer, note.currency) == (
        "CN-2026-00001",
        invoice.customer,
        "AUD",
    )
    assert (note.total, note.remaining) == (invoice.total, invoice.total)
    assert [line.description for line in note.lines.all()] == [
        "Design",
        "Build",
        "Care",
        "Adjustment",
    ]
    assert note.snapshot["invoice"] == {"number": invoice.number, "issued_on": "2026-11-02"}


def test_a_note_takes_back_some_lines_with_their_part_of_the_discount(staff):
    jane = staff()
    lines = [("Design", "1", "100"), ("Build", "1", "300")]
    invoice = make_issued(jane, lines=lines, discount=Decimal(40))
    design = invoice.lines.get(description="Design")

    note = operations.create(by=jane, invoice=invoice, invoice_line_ids=[design.pk])

    assert sums(note) == (100, 10, 9, 99, 99)
    assert note.lines.get().invoice_line == design


def test_lines_of_another_invoice_are_refused(staff):
    jane = staff()
    invoice, other = make_issued(jane), make_issued(jane)

    for chosen in ([], [other.lines.get().pk]):
        with pytest.raises(BusinessError) as refusal:
            operations.create(by=jane, invoice=invoice, invoice_line_ids=chosen)
        assert refusal.value.field == "invoice_line_ids"


def test_notes_of_an_invoice_come_to_no_more_than_its_total(staff):
    jane = staff()
    invoice = make_issued(jane)
    make_issued_note(jane, invoice=invoice)

    with pytest.raises(BusinessError, match=r"AUD 0.00 of INV-2026-00001 can still be credited"):
        make_issued_note(jane, invoice=invoice)


@pytest.mark.parametrize("state", ["draft", "voided"])
def test_only_an_issued_invoice_is_credited(staff, state):
    jane = staff()
    invoice = make_invoice(jane)
    if state == "voided":
        invoice = invoices.void(invoices.finalise(invoice, by=jane), by=jane)

    with pytest.raises(BusinessError, match="only an issued invoice is credited"):
        make_note(jane, invoice=invoice)


def test_a_note_needs_a_company_lines_and_a_sum_above_zero(staff):
    jane = staff()

    with pytest.raises(BusinessError, match="Choose the company"):
        operations.create(by=jane, lines=[])
    with pytest.raises(BusinessError, match="at least one line"):
        make_issued_note(jane, lines=[])
    with pytest.raises(BusinessError, match="above zero"):
        make_issued_note(jane, lines=[("Nothing", "1", "0")])


def test_what_belongs_to_another_company_or_currency_is_refused(staff):
    jane = staff()
    invoice, other = make_issued(jane), make_customer(name="Other")

    for field, values in {
        "invoice": {"customer": other},
        "currency": {"currency": "EUR"},
        "discount": {"discount": Decimal(-1), "lines": []},
    }.items():
        with pytest.raises(BusinessError) as refusal:
            operations.create(by=jane, invoice=invoice, **values)
        assert refusal.value.field == field


def test_the_lines_of_a_draft_are_replaced_and_priced(staff):
    jane = staff()
    note = make_note(jane)
    first = note.lines.get()
    rows = [
        {"description": "More", "unit_price": Decimal(50)},
        {"id": first.pk, "description": "Goodwill", "quantity": Decimal(2)},
    ]

    note = line_operations.replace(note, rows, by=jane)

    assert [line.description for line in note.lines.all()] == ["More", "Goodwill"]
    assert sums(note) == (250, 0, 25, 275, 275)
    again = [{"id": line.pk, "description": line.description} for line in note.lines.all()]
    before = history_of(note).count()
    line_operations.replace(note, again, by=jane)
    assert history_of(note).count() == before
    again[0]["xero_account_code"] = "210"
    line_operations.replace(note, again, by=jane)
    assert note.lines.first().xero_account_code == "210"


def test_a_draft_is_changed_and_an_issued_note_keeps_all_but_its_own_notes(staff):
    jane = staff()
    note = operations.update(make_note(jane), by=jane, reason="Late", discount=Decimal(10))
    assert sums(note) == (100, 10, 9, 99, 99)

    note = operations.issue(note, by=jane)
    operations.update(note, by=jane, notes="Agreed by phone")

    with pytest.raises(ConflictError, match="void it and issue a new one"):
        operations.update(note, by=jane, reason="Another")
    with pytest.raises(StateError, match="its lines are frozen"):
        line_operations.replace(note, [], by=jane)


FROZEN = {
    "a figure": "UPDATE billing_creditnote SET reason = 'Other' WHERE id = %s",
    "the way back": "UPDATE billing_creditnote SET status = 'draft' WHERE id = %s",
    "a line": "UPDATE billing_creditnoteline SET description = 'Other' WHERE note_id = %s",
    "a new line": "INSERT INTO billing_creditnoteline SELECT * FROM billing_creditnoteline"
    " WHERE note_id = %s",
}


@pytest.mark.parametrize("statement", FROZEN.values(), ids=FROZEN)
def test_the_database_itself_keeps_an_issued_note(staff, statement):
    jane = staff()
    note = make_issued_note(jane)

    with (
        pytest.raises(DatabaseError, match="An issued credit note is frozen"),
        transaction.atomic(),
    ):
        connection.cursor().execute(statement, [note.pk])


@pytest.mark.postgres
def test_the_database_itself_removes_no_issued_note_nor_its_lines(staff):
    note = make_issued_note(staff())

    for rows in (CreditNoteLine.objects.all(), CreditNote.objects.all()):
        with (
            pytest.raises(DatabaseError, match="An issued credit note is frozen"),
            transaction.atomic(),
        ):
            rows._raw_delete(rows.db)
    assert note.lines.count() == 1


def test_a_draft_is_deleted_and_an_issued_note_voided_under_its_number(staff):
    jane = staff()
    operations.delete(make_note(jane), by=jane)
    note = make_issued_note(jane)

    with pytest.raises(ConflictError, match="only a draft is deleted"):
        operations.delete(note, by=jane)
    note = operations.void(note, by=jane)

    assert (note.status, note.number, CreditNote.objects.count()) == (
        "voided",
        "CN-2026-00001",
        1,
    )


def test_moves_need_their_rights(staff):
    jane, clerk = staff(), staff(invoices="update")
    note = operations.issue(make_note(clerk), by=clerk)

    with pytest.raises(NotAllowedError, match="invoices:manage"):
        operations.void(note, by=clerk)
    with pytest.raises(NotAllowedError, match="invoices:manage"):
        operations.delete(make_note(clerk), by=clerk)
    with pytest.raises(NotAllowedError, match="invoices:update"):
        operations.issue(make_note(jane), by=staff(invoices="view"))


def test_a_closed_period_takes_no_note(staff):
    jane = staff()
    draft, issued = make_note(jane), make_issued_note(jane)
    settings.update(by=jane, locked_before=date(2026, 11, 15))

    for step in (
        lambda: make_note(jane),
        lambda: operations.issue(draft, by=jane),
        lambda: operations.void(issued, by=jane),
        lambda: line_operations.replace(draft, [], by=jane),
        lambda: operations.update(draft, by=jane, issued_on=date(2026, 11, 20)),
    ):
        with pytest.raises(ConflictError) as refusal:
            step()
        assert refusal.value.field == "issued_on"


def test_a_note_gives_the_budget_back_what_its_invoice_used_up(staff):
    jane = staff()
    budget = make_budget(budget_type="fixed_price", total_amount=Decimal(5000))
    invoice = invoices.create(by=jane, budget=budget, generate_from_budget=True)
    invoice = invoices.finalise(invoice, by=jane)
    rows = [{"description": "Too much", "unit_price": Decimal(1200)}]

    note = operations.create(by=jane, invoice=invoice, lines=rows, issued_on=ISSUED_ON)
    assert left_of(budget) == (5000, 0)
    note = operations.issue(note, by=jane)

    assert left_of(budget) == (3800, 1200)
    again = invoices.create(by=jane, budget=budget, generate_from_budget=True)
    assert again.subtotal == 1200
    invoices.delete(again, by=jane)
    operations.void(note, by=jane)
    assert left_of(budget) == (5000, 0)


def left_of(budget) -> tuple:
    """Invoiced and left to invoice, as the figures say and as lists sort by."""
    rows = type(budget).objects
    figures = rows.get(pk=budget.pk).figures
    columns = rows.with_column("invoiced_amount").with_column("remaining_amount").get(pk=budget.pk)
    found = (figures.invoiced, figures.remaining)
    assert found == (columns.by_invoiced_amount, columns.by_remaining_amount)
    return found


def test_a_note_follows_its_company_into_another(staff):
    jane = staff()
    gone, stays = make_customer(name="Harbour"), make_customer(name="Harbour & Vine")
    invoice = make_issued(jane, customer=gone)
    note = make_issued_note(jane, invoice=invoice)

    merging.merge(gone, into=stays, by=jane)

    note.refresh_from_db()
    assert (note.customer, Invoice.objects.get().customer) == (stays, stays)
    assert note.snapshot["buyer"]["name"] == "Harbour"
    with pytest.raises(DatabaseError, match="is frozen"), transaction.atomic():
        CreditNote.objects.update(customer=make_customer(name="Somebody"))


def test_whoever_sees_the_invoice_sees_its_note(staff):
    jane = staff(invoices="update", scope="own")
    note = make_note(jane)
    other = make_issued(jane)

    assert list(CreditNote.objects.visible_to(jane)) == [note]
    assert not CreditNote.objects.visible_to(staff(invoices="update", scope="own")).exists()
    boss_note = make_note(staff(), invoice=other)
    assert set(CreditNote.objects.visible_to(jane)) == {note, boss_note}

"""The pages of invoices: what staff press, and what they are told."""

import io
import re
from decimal import Decimal

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from agency.reference import organisation
from agency.reference.models import Organisation
from billing.invoices import operations as invoices
from billing.invoices.tests.factories import (
    make_budget,
    make_customer,
    make_invoice,
    make_issued,
    make_time,
)
from billing.models import Invoice, Payment
from billing.payments import operations as payments

pytestmark = pytest.mark.django_db


def typed(*lines, **head) -> dict:
    """What the browser sends from the line editor."""
    data = {"issued_on": "2026-11-02", "currency": "AUD", "lines-TOTAL_FORMS": len(lines)}
    data |= {"lines-INITIAL_FORMS": 0, **head}
    for place, (text, quantity, price) in enumerate(lines):
        prefix = f"lines-{place}"
        data |= {
            f"{prefix}-description": text,
            f"{prefix}-quantity": quantity,
            f"{prefix}-unit_price": price,
            f"{prefix}-ORDER": place + 1,
        }
    return data


@pytest.mark.parametrize("size", [1, 3])
def test_the_list_costs_the_same_however_long(page, staff, django_assert_num_queries, size):
    jane = staff()
    for _ in range(size):
        make_issued(jane)
    client = page(jane)
    client.get("/invoices")
    # person, count, rows, tab counts, totals, saved views
    with django_assert_num_queries(6):
        answer = client.get("/invoices")
    assert len(answer.context["rows"]) == size


def test_a_draft_is_written_by_hand(page, staff):
    customer = make_customer()
    answer = page(staff()).post(
        "/invoices/new",
        typed(("Design", "1.5", "99.99"), ("Build", "1", "1,000.00"), customer=customer.pk),
    )

    invoice = Invoice.objects.get()
    assert (answer.status_code, answer.url) == (302, f"/invoices/{invoice.pk}")
    assert (invoice.status, invoice.number, f"{invoice.total:.2f}") == ("draft", None, "1264.99")


def test_a_wrong_line_keeps_everything_that_was_typed(page, staff):
    answer = page(staff()).post(
        "/invoices/new", typed(("Design", "abc", "5"), subject="Winter campaign")
    )

    text = answer.content.decode()
    assert answer.status_code == 422
    assert "Winter campaign" in text
    assert 'value="abc"' in text
    assert "Enter a number." in text
    assert not Invoice.objects.exists()


def test_the_editor_changes_adds_moves_and_removes_lines_at_once(page, staff):
    jane = staff()
    invoice = make_invoice(jane, lines=[("A", "1", "10"), ("B", "1", "20")])
    a, b = invoice.lines.order_by("position")
    data = typed(("New", "1", "5"), ("A", "3", "10"), customer=invoice.customer_id)
    data |= {"lines-1-id": a.pk, "lines-0-id": ""}

    answer = page(jane).post(f"/invoices/{invoice.pk}/edit", data)

    assert answer.status_code == 302, answer.content.decode()
    lines = invoice.lines.order_by("position")
    assert [(line.description, line.quantity) for line in lines] == [("New", 1), ("A", 3)]
    assert not invoice.lines.filter(pk=b.pk).exists()
    invoice.refresh_from_db()
    assert invoice.subtotal == 35


def test_who_edits_what_was_changed_meanwhile_is_told_and_may_save_again(page, staff):
    jane = staff()
    invoice = make_invoice(jane)
    client, path = page(jane), f"/invoices/{invoice.pk}/edit"
    first = client.get(path).content.decode()
    seen = re.search(r'name="seen" value="([^"]+)"', first)[1]
    invoices.update(invoice, by=jane, po_number="Second tab")
    data = typed(("A", "1", "10"), customer=invoice.customer_id, po_number="First tab", seen=seen)

    told = client.post(path, data)

    assert told.status_code == 422
    assert "This was changed while you were typing." in told.content.decode()
    assert Invoice.objects.get().po_number == "Second tab"
    data["seen"] = re.search(r'name="seen" value="([^"]+)"', told.content.decode())[1]
    assert client.post(path, data).status_code == 302
    assert Invoice.objects.get().po_number == "First tab"


def test_amounts_in_a_spreadsheet_have_the_decimals_of_their_currency(page, staff):
    jane = staff()
    make_invoice(jane, lines=[("A", "1", "1234.5")])
    make_invoice(jane, lines=[("A", "1", "1234")], currency="JPY")

    answer = page(jane).get("/invoices?cols=currency,total&export=xlsx")

    book = load_workbook(io.BytesIO(b"".join(answer.streaming_content)))
    cells = {row[-1].value: row[-2].number_format for row in list(book.active.rows)[1:]}
    assert cells == {"AUD": "#,##0.00", "JPY": "#,##0"}


def test_a_voided_invoice_takes_no_payments(page, staff):
    jane = staff()
    invoice = invoices.void(make_issued(jane), by=jane)

    html = page(jane).get(f"/invoices/{invoice.pk}").content.decode()

    assert "A voided invoice takes no payments." in html
    assert "/payments/new" not in html


def test_the_server_does_the_sums_of_the_preview(page, staff):
    text = page(staff()).post("/invoices/preview", typed(("A", "3", "0.335"))).content.decode()

    assert "1.01" in text  # 3 × 0.335, half up
    assert "1.11" in text  # with GST of 0.10


def test_the_preview_keeps_the_sum_of_billed_time(page, staff):
    jane = staff()
    budget = make_budget(budget_type="time_and_materials")
    for _ in range(3):
        make_time(budget, jane, minutes=10, rate="100")  # 16.67 each
    line = invoices.create(by=jane, budget=budget, generate_from_budget=True).lines.get()
    data = typed((line.description, "0.5", "100")) | {"lines-0-id": line.pk}

    text = page(jane).post("/invoices/preview", data).content.decode()

    assert "50.01" in text
    assert "50.00" not in text


def test_the_invoice_button_shows_the_lines_and_then_makes_the_draft(page, staff):
    jane = staff()
    budget = make_budget(budget_type="time_and_materials")
    make_time(budget, jane, minutes=140, rate="50")
    client, path = page(jane), f"/budgets/{budget.pk}/invoice"

    shown = client.get(path).content.decode()
    assert "116.67" in shown
    assert not Invoice.objects.exists()

    answer = client.post(path)
    assert answer["Location"] == Invoice.objects.get().get_absolute_url()
    assert "There is nothing to invoice" in client.get(path).content.decode()


def test_a_payment_above_the_balance_is_refused_beside_the_field(page, staff):
    jane = staff()
    invoice = make_issued(jane)
    data = {"amount": "110.01", "paid_on": "2026-11-10"}

    answer = page(jane).post(f"/invoices/{invoice.pk}/payments/new", data)

    assert answer.status_code == 422
    assert "AUD 0.01 above the balance of AUD 110.00." in answer.content.decode()
    assert not Payment.objects.exists()


def test_a_payment_is_recorded_corrected_and_deleted(page, staff):
    jane = staff()
    invoice, client = make_issued(jane), page(jane)

    client.post(
        f"/invoices/{invoice.pk}/payments/new", {"amount": "110.00", "paid_on": "2026-11-10"}
    )
    payment = Payment.objects.get()
    assert Invoice.objects.get().balance == 0
    client.post(f"/payments/{payment.pk}/edit", {"amount": "100.00", "paid_on": "2026-11-10"})
    assert Invoice.objects.get().balance == 10
    client.post(f"/payments/{payment.pk}/delete")
    assert Invoice.objects.get().balance == 110


def test_the_record_tells_its_state_and_offers_the_next_step(page, staff):
    Organisation.objects.update(abn="51824753556")
    organisation.forget()
    jane = staff()
    invoice = make_invoice(jane)

    draft = page(jane).get(f"/invoices/{invoice.pk}").content.decode()
    assert "Finalise" in draft
    assert "Tax invoice" in draft
    invoices.finalise(invoice, by=jane)
    issued = page(jane).get(f"/invoices/{invoice.pk}").content.decode()
    assert "INV-2026-00001" in issued
    assert "Record payment" in issued


def test_an_issued_invoice_is_not_opened_in_the_editor(page, staff):
    jane = staff()
    invoice = make_issued(jane)

    assert page(jane).get(f"/invoices/{invoice.pk}/edit").url == f"/invoices/{invoice.pk}"
    saved = page(jane).post(f"/invoices/{invoice.pk}/notes", {"notes": "Call", "po_number": "7"})
    assert saved.status_code == 302
    assert Invoice.objects.get().notes == "Call"


STEPS = [
    ("invoice-finalise", "update"),
    ("invoice-approve", "manage"),
    ("invoice-void", "manage"),
    ("invoice-delete", "manage"),
]


@pytest.mark.parametrize(("name", "needed"), STEPS)
@pytest.mark.parametrize("level", ["view", "update", "manage"])
def test_each_button_needs_its_level(page, staff, name, needed, level):
    levels = ["view", "update", "manage"]
    invoice = make_invoice(staff())

    answer = page(staff(invoices=level)).post(reverse(name, args=[invoice.pk]))

    allowed = levels.index(level) >= levels.index(needed)
    assert (answer.status_code == 403) == (not allowed)


def test_what_is_outside_of_the_scope_is_not_found(page, staff):
    invoice = make_issued(staff())
    lee = staff(invoices="manage", scope="own")

    for path in ("", "/pdf", "/edit", "/send", "/payments/new"):
        assert page(lee).get(f"/invoices/{invoice.pk}{path}").status_code == 404
    assert "INV-" not in page(lee).get("/invoices").content.decode()


def test_the_figures_open_the_entries_and_payments_behind_them(page, staff):
    jane = staff(first_name="Sofia", last_name="Marino")
    budget = make_budget(budget_type="time_and_materials")
    entry = make_time(budget, jane, minutes=120, rate="50")
    invoice = invoices.create(by=jane, budget=budget, generate_from_budget=True)
    invoices.finalise(invoice, by=jane)
    payments.create(invoice, by=jane, amount=Decimal(60), reference="HV-1")

    shown = page(jane).get(f"/invoices/{invoice.pk}")
    elsewhere = page(staff(invoices="view")).get(f"/invoices/{invoice.pk}")

    total, paid, _, due = shown.context["figures"]
    assert [row[:2] for row in total.explain.lines] == [
        ("", "1 line, net"),
        ("+", "GST, rounded per line"),
    ]
    assert [row[0] for row in paid.explain.lines] == ["+"]
    assert sum(row[2] for row in paid.explain.lines) == paid.value == 60
    assert due.explain.result == due.value == 50
    assert f'<a href="/time/{entry.pk}">' in shown.text
    assert "Sofia Marino, 2:00 h at 50.00" in elsewhere.text
    assert f'href="/time/{entry.pk}"' not in elsewhere.text

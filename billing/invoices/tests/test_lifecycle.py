"""From draft to sent, void and delete, and what is frozen on the way."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, connection, transaction

from agency.errors import ConflictError, StateError
from agency.records.history import history_of
from agency.reference import organisation
from agency.reference.organisation import operations as organisation_operations
from billing.invoices import operations as invoices
from billing.invoices.tests.factories import make_customer, make_invoice, make_issued
from billing.models import Invoice, InvoiceLine
from billing.payments import operations as payments

pytestmark = pytest.mark.django_db


def test_finalising_gives_a_number_a_due_date_and_a_snapshot(api, staff):
    jane = staff()
    invoice = make_invoice(jane, customer=make_customer(payment_terms_days=30), due_on=None)
    assert invoice.number is None

    answer = api(jane).post(f"/api/invoices/{invoice.pk}/finalise")

    shown = answer.json()["invoice"]
    assert answer.status_code == 200
    assert (shown["invoice_number"], shown["due_date"]) == ("INV-2026-00001", "2026-12-02")
    invoice.refresh_from_db()
    assert invoice.snapshot["buyer"]["name"] == "Harbour & Vine"
    assert invoice.base_total == 110


def test_a_later_change_of_address_does_not_rewrite_history(staff):
    invoice = make_issued(staff())
    invoice.customer.name = "Renamed"
    invoice.customer.save()

    invoice.refresh_from_db()
    assert invoice.snapshot["buyer"]["name"] == "Harbour & Vine"


@pytest.mark.parametrize(
    ("path", "status"),
    [
        (["finalise", "approve", "send"], "sent"),
        (["approve", "send"], "sent"),
        (["send"], "sent"),
        (["finalise", "void"], "voided"),
        (["approve", "void"], "voided"),
        (["send", "void"], "voided"),
    ],
)
def test_the_allowed_moves(api, staff, path, status):
    jane = staff()
    customer = make_customer(email="accounts@harbourvine.example")
    invoice = make_invoice(jane, customer=customer, issued_on=organisation.today())
    for step in path:
        answer = api(jane).post(f"/api/invoices/{invoice.pk}/{step}")
        assert answer.status_code == 200, answer.json()

    assert answer.json()["invoice"]["status"] == status


@pytest.mark.parametrize("step", ["finalise", "approve", "void"])
def test_a_voided_invoice_stays_void(api, staff, step):
    jane = staff()
    invoice = make_issued(jane)
    invoices.void(invoice, by=jane)

    answer = api(jane).post(f"/api/invoices/{invoice.pk}/{step}")

    assert answer.status_code == 409
    assert answer.json()["error"] == "wrong_state"


def test_put_moves_the_status_only_along_the_moves(api, staff):
    jane = staff()
    invoice = make_invoice(jane)
    put = lambda status: api(jane).put(f"/api/invoices/{invoice.pk}", {"status": status})  # noqa: E731

    assert put("voided").status_code == 409
    assert put("approved").json()["invoice"]["status"] == "approved"
    refused = put("draft")
    assert refused.status_code == 409
    assert "Possible: sent, voided." in refused.json()["message"]


def test_put_of_a_status_needs_the_right_of_its_own_route(api, staff):
    invoice = make_invoice(staff())
    ben = api(staff(invoices="update"))

    assert ben.put(f"/api/invoices/{invoice.pk}", {"status": "approved"}).status_code == 403
    assert ben.put(f"/api/invoices/{invoice.pk}", {"status": "finalised"}).status_code == 200


def test_an_invoice_without_lines_or_company_is_not_issued(api, staff):
    jane = staff()
    bare = make_invoice(jane, lines=[])
    alone = make_invoice(jane, customer=None)

    for invoice, field in ((bare, "line_items"), (alone, "company_id")):
        answer = api(jane).post(f"/api/invoices/{invoice.pk}/finalise")
        assert (answer.status_code, list(answer.json()["errors"])) == (400, [field])
    assert not Invoice.objects.issued().exists()


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({"notes": "Call Sophie"}, 200),
        ({"po_number": "4471-C"}, 200),
        ({"currency": "USD"}, 409),
        ({"issued_date": "2026-11-03"}, 409),
        ({"due_date": "2027-01-01"}, 409),
        ({"invoice_number": "X-1"}, 409),
        ({"company_id": None}, 409),
    ],
)
def test_an_issued_invoice_is_frozen_but_for_notes_and_po(api, staff, body, status):
    jane = staff()
    invoice = make_issued(jane)

    answer = api(jane).put(f"/api/invoices/{invoice.pk}", body)

    assert answer.status_code == status
    after = Invoice.objects.get(pk=invoice.pk)
    assert (after.currency, after.number, after.due_on) == (
        "AUD",
        "INV-2026-00001",
        invoice.due_on,
    )


@pytest.mark.parametrize("column", ["total", "number", "currency", "due_on", "customer"])
def test_the_database_itself_refuses_to_change_an_issued_invoice(staff, column):
    invoice = make_issued(staff())
    values = {
        "total": {"total": 1, "subtotal": 1, "tax": 0, "balance": 1},
        "number": {"number": "X"},
        "currency": {"currency": "USD"},
        "due_on": {"due_on": date(2030, 1, 1)},
        "customer": {"customer": make_customer(name="Other")},
    }[column]

    with pytest.raises(IntegrityError), transaction.atomic():
        Invoice.objects.filter(pk=invoice.pk).update(**values)


def test_the_database_itself_refuses_to_change_issued_lines(staff):
    invoice = make_issued(staff())

    with pytest.raises(IntegrityError), transaction.atomic():
        invoice.lines.update(net=1)
    with pytest.raises(IntegrityError), transaction.atomic():
        InvoiceLine.objects.create(invoice=invoice, description="More")
    if connection.vendor == "postgresql":
        with pytest.raises(IntegrityError), transaction.atomic():
            invoice.lines.all().delete()


def test_shown_status_is_the_same_in_list_detail_and_filter(api, staff):
    jane, today = staff(), organisation.today()
    late = today - timedelta(days=30)
    draft = make_invoice(jane)
    paid = make_issued(jane, issued_on=late, due_on=late)
    payments.create(paid, by=jane, amount=paid.total)
    overdue = make_issued(jane, issued_on=late, due_on=late)
    due_today = make_issued(jane, issued_on=late, due_on=today)
    voided = invoices.void(make_issued(jane), by=jane)
    expected = {
        draft: "draft",
        paid: "paid",
        overdue: "overdue",
        due_today: "finalised",
        voided: "voided",
    }

    client = api(jane)
    listed = {row["id"]: row["status"] for row in client.get("/api/invoices").json()["invoices"]}
    assert listed == {str(invoice.pk): status for invoice, status in expected.items()}
    for invoice, status in expected.items():
        detail = client.get(f"/api/invoices/{invoice.pk}").json()["invoice"]
        assert detail["status"] == status
        assert Invoice.objects.get(pk=invoice.pk).shown_status == status
        found = client.get(f"/api/invoices?status={status}").json()["invoices"]
        assert [row["id"] for row in found] == [str(invoice.pk)]


def test_deleting_a_draft_without_a_number_removes_it(api, staff):
    jane = staff()
    invoice = make_invoice(jane)

    assert api(jane).delete(f"/api/invoices/{invoice.pk}").json() == {"ok": True}

    assert not Invoice.objects.filter(pk=invoice.pk).exists()
    assert [event.verb for event in history_of(invoice)] == ["deleted", "created"]


def test_deleting_an_issued_invoice_voids_and_hides_it_but_keeps_its_number(api, staff):
    jane = staff()
    invoice = make_issued(jane)

    assert api(jane).delete(f"/api/invoices/{invoice.pk}").status_code == 200

    assert api(jane).get(f"/api/invoices/{invoice.pk}").status_code == 404
    assert api(jane).get("/api/invoices").json() == {"invoices": []}
    kept = Invoice.objects.get(pk=invoice.pk)
    assert (kept.status, kept.number) == ("voided", "INV-2026-00001")
    assert make_issued(jane).number == "INV-2026-00002"


def test_nothing_with_money_on_it_is_voided_or_deleted(api, staff):
    jane = staff()
    invoice = make_issued(jane)
    payments.create(invoice, by=jane, amount=Decimal(10))

    for answer in (
        api(jane).post(f"/api/invoices/{invoice.pk}/void"),
        api(jane).delete(f"/api/invoices/{invoice.pk}"),
    ):
        assert answer.status_code == 409
        assert "AUD 10.00 is paid" in answer.json()["message"]
    assert Invoice.objects.get().status == "finalised"


@pytest.mark.parametrize("step", ["void", "approve", "send"])
@pytest.mark.parametrize(("level", "status"), [("view", 403), ("update", 403), ("manage", 200)])
def test_void_approve_and_send_need_the_manage_level(api, staff, step, level, status):
    jane = staff()
    invoice = make_issued(jane, customer=make_customer(email="a@example.com"))
    if step == "send":
        invoices.approve(invoice, by=jane)
    before = Invoice.objects.get().status

    answer = api(staff(invoices=level)).post(f"/api/invoices/{invoice.pk}/{step}")

    assert answer.status_code == status
    assert (Invoice.objects.get().status == before) == (status == 403)


def test_deleting_needs_the_manage_level(api, staff):
    invoice = make_invoice(staff())

    assert api(staff(invoices="update")).delete(f"/api/invoices/{invoice.pk}").status_code == 403
    assert Invoice.objects.filter(pk=invoice.pk).exists()


def test_an_invoice_outside_of_the_scope_is_not_found(api, staff):
    invoice = make_invoice(staff())
    lee = staff(invoices="manage", scope="own")

    client = api(lee)
    assert client.get("/api/invoices").json() == {"invoices": []}
    assert client.get(f"/api/invoices/{invoice.pk}").status_code == 404
    assert client.post(f"/api/invoices/{invoice.pk}/void").status_code == 404
    assert client.delete(f"/api/invoices/{invoice.pk}").status_code == 404


def test_a_closed_period_keeps_its_invoices(staff):
    jane = staff()
    invoice = make_issued(jane)
    organisation.current().__class__.objects.update(locked_before=date(2026, 12, 1))

    with pytest.raises(ConflictError):
        invoices.void(invoice, by=jane)


def test_a_deleted_invoice_cannot_be_moved(staff):
    jane = staff()
    invoice = make_issued(jane)
    invoices.delete(invoice, by=jane)

    with pytest.raises((ConflictError, StateError)):
        invoices.approve(invoice, by=jane)


def test_a_seller_who_is_no_longer_registered_issues_no_tax(api, staff):
    jane = staff()
    invoice = make_invoice(jane)
    organisation_operations.update(by=jane, is_tax_registered=False)

    answer = api(jane).post(f"/api/invoices/{invoice.pk}/finalise")

    assert (answer.status_code, list(answer.json()["errors"])) == (400, ["line_items"])
    line = invoice.lines.get()
    api(jane).put(f"/api/invoices/{invoice.pk}/line-items/{line.pk}", {"tax_type": ""})
    issued = api(jane).post(f"/api/invoices/{invoice.pk}/finalise").json()["invoice"]
    assert (issued["status"], issued["tax"], issued["total"]) == ("finalised", 0, 100)


@pytest.mark.parametrize(
    ("issued", "due"), [("2026-10-03", "2026-10-04"), ("2027-04-03", "2027-04-04")]
)
def test_terms_are_days_of_the_calendar_when_the_clocks_change(api, staff, issued, due):
    """Australia/Sydney: the 4th is an hour short in October and an hour long in April."""
    jane = staff()
    customer = make_customer(payment_terms_days=1)
    day = date.fromisoformat(issued)
    invoice = make_invoice(jane, customer=customer, issued_on=day, due_on=None)

    shown = api(jane).post(f"/api/invoices/{invoice.pk}/finalise").json()["invoice"]

    assert (shown["invoice_number"], shown["due_date"]) == (f"INV-{issued[:4]}-00001", due)


def test_a_due_date_beyond_the_calendar_is_refused_by_name(api, staff):
    jane = staff()
    invoice = make_invoice(jane, issued_on=date(9999, 12, 31), due_on=None)

    answer = api(jane).post(f"/api/invoices/{invoice.pk}/finalise")

    assert (answer.status_code, list(answer.json()["errors"])) == (400, ["issued_date"])

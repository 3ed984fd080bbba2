"""Payments: the invoice's state follows from the ledger."""

from datetime import date
from decimal import Decimal

import pytest

from agency.records.history import history_of
from agency.reference import organisation
from billing.invoices.tests.factories import make_invoice, make_issued
from billing.models import Payment

pytestmark = pytest.mark.django_db


def pay(api, person, invoice, amount, **body):
    return api(person).post(f"/api/invoices/{invoice.pk}/payments", {"amount": amount, **body})


def test_part_paid_then_paid(api, staff):
    jane = staff()
    invoice = make_issued(jane)

    first = pay(api, jane, invoice, "60.00", date="2026-11-10", reference="HV-1")
    assert first.status_code == 201, first.json()
    assert first.json()["payment"]["amount"] == 60
    shown = first.json()["invoice"]
    assert (shown["payment_status"], shown["amount_paid"], shown["amount_due"]) == (
        "partial",
        60,
        50,
    )
    shown = pay(api, jane, invoice, 50).json()["invoice"]
    assert (shown["status"], shown["payment_status"], shown["amount_due"]) == ("paid", "paid", 0)


def test_more_than_the_balance_is_refused_naming_it(api, staff):
    jane = staff()
    invoice = make_issued(jane)

    answer = pay(api, jane, invoice, "110.01")

    assert answer.status_code == 400
    assert answer.json()["errors"] == {"amount": ["AUD 0.01 above the balance of AUD 110.00."]}
    assert not Payment.objects.exists()


@pytest.mark.parametrize("amount", [0, -5, "0.001", "abc", None, True, "NaN"])
def test_an_amount_is_above_zero_and_has_the_currencys_decimals(api, staff, amount):
    jane = staff()

    answer = pay(api, jane, make_issued(jane), amount)

    assert (answer.status_code, list(answer.json()["errors"])) == (400, ["amount"])
    assert not Payment.objects.exists()


def test_a_draft_takes_no_payment(api, staff):
    jane = staff()

    answer = pay(api, jane, make_invoice(jane), 10)

    assert (answer.status_code, answer.json()["error"]) == (409, "wrong_state")


def test_correcting_a_payment_moves_the_balance(api, staff):
    jane = staff()
    invoice = make_issued(jane)
    payment = pay(api, jane, invoice, 110).json()["payment"]["id"]
    path = f"/api/invoices/{invoice.pk}/payments/{payment}"

    answer = api(jane).put(path, {"amount": 100})
    assert (answer.json()["payment"]["amount"], answer.json()["invoice"]["amount_due"]) == (100, 10)
    assert api(jane).put(path, {"amount": 111}).status_code == 400
    invoice.refresh_from_db()
    assert invoice.balance == 10


def test_a_deleted_payment_stays_in_the_ledger_as_reversed(api, staff):
    jane = staff()
    invoice = make_issued(jane)
    payment = pay(api, jane, invoice, 110).json()["payment"]["id"]

    answer = api(jane).delete(f"/api/invoices/{invoice.pk}/payments/{payment}")

    assert answer.json() == {"ok": True}
    invoice.refresh_from_db()
    assert (invoice.balance, invoice.shown_status) == (110, "finalised")
    assert api(jane).get(f"/api/invoices/{invoice.pk}").json()["payments"] == []
    assert Payment.objects.get().reversed_by == jane
    assert [event.verb for event in history_of(invoice)][:2] == [
        "payment_deleted",
        "payment_recorded",
    ]


def test_thirty_cents_in_two_parts_is_paid(api, staff):
    jane = staff()
    invoice = make_issued(jane, lines=[("Stamp", "1", "0.27")])
    assert invoice.total == Decimal("0.30")

    for amount in ("0.10", "0.20"):
        shown = pay(api, jane, invoice, amount).json()["invoice"]

    assert (shown["status"], shown["amount_due"]) == ("paid", 0)


def test_a_payment_in_the_closed_period_is_refused(api, staff):
    jane = staff()
    invoice = make_issued(jane)
    organisation.current().__class__.objects.update(locked_before=date(2026, 11, 15))

    answer = pay(api, jane, invoice, 10, date="2026-11-14")

    assert (answer.status_code, list(answer.json()["errors"])) == (409, ["date"])


@pytest.mark.parametrize(("level", "status"), [("view", 403), ("update", 201)])
def test_recording_needs_the_update_level(api, staff, level, status):
    invoice = make_issued(staff())

    assert pay(api, staff(invoices=level), invoice, 10).status_code == status
    assert Payment.objects.count() == (status == 201)


def test_recording_takes_a_fixed_number_of_statements(staff, django_assert_num_queries):
    from billing.payments import operations

    jane = staff()
    invoice = make_issued(jane)
    organisation.current()
    # savepoint, lock, closed period, payment, invoice, history, release
    with django_assert_num_queries(7):
        operations.create(invoice, by=jane, amount=Decimal(10))


@pytest.mark.parametrize("booked", [-5, 0, "1.234"])
def test_what_the_bank_booked_is_whole_cents_above_zero(api, staff, booked):
    jane = staff()
    invoice = make_issued(jane, currency="JPY")

    answer = pay(api, jane, invoice, 10, bank_amount=booked)

    assert (answer.status_code, list(answer.json()["errors"])) == (400, ["bank_amount"])
    assert not Payment.objects.exists()


def test_a_payment_neither_leaves_nor_enters_the_closed_period(api, staff, page):
    jane = staff()
    invoice = make_issued(jane)
    old = pay(api, jane, invoice, 10, date="2026-11-10").json()["payment"]["id"]
    new = pay(api, jane, invoice, 10, date="2026-11-20").json()["payment"]["id"]
    organisation.current().__class__.objects.update(locked_before=date(2026, 11, 15))
    path = f"/api/invoices/{invoice.pk}/payments"

    answers = [
        api(jane).put(f"{path}/{old}", {"date": "2026-11-20"}),
        api(jane).put(f"{path}/{new}", {"date": "2026-11-10"}),
        api(jane).delete(f"{path}/{old}"),
    ]

    assert [(one.status_code, list(one.json()["errors"])) for one in answers] == [
        (409, ["date"])
    ] * 3
    typed = {"amount": "10.00", "paid_on": "2026-11-10"}
    shown = page(jane).post(f"/invoices/{invoice.pk}/payments/new", typed)
    assert "paid_on" in shown.context["form"].errors

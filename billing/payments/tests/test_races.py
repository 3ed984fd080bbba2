"""A period is closed while money for it is still under way. Needs PostgreSQL's row locks."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from decimal import Decimal

import pytest
from django.db import OperationalError, connection, transaction

from agency.errors import ConflictError
from agency.reference.models import Organisation
from agency.reference.organisation import operations as settings
from agency.tests.racing import race
from billing.invoices import operations as invoices
from billing.invoices.tests.factories import make_invoice, make_issued
from billing.models import Invoice, Payment
from billing.payments import operations as payments

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]
PAID_ON, CLOSED = date(2026, 11, 10), date(2026, 11, 15)


def close(by) -> None:
    """Close the period, or give up where that would mean to wait."""
    try:
        with transaction.atomic():
            connection.cursor().execute("SET LOCAL lock_timeout = '200ms'")
            settings.update(by=by, locked_before=CLOSED)
    finally:
        connection.close()


def pay(invoice, by):
    try:
        return payments.create(invoice, by=by, amount=Decimal(10), paid_on=PAID_ON)
    except ConflictError as refusal:
        return refusal
    finally:
        connection.close()


def test_a_period_is_not_closed_over_a_payment_that_is_being_recorded(staff):
    jane = staff()
    invoice = make_issued(jane)

    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            payments.create(invoice, by=jane, amount=Decimal(10), paid_on=PAID_ON)
            with pytest.raises(OperationalError, match="lock timeout"):
                pool.submit(close, jane).result(timeout=20)
        pool.submit(close, jane).result(timeout=20)

    assert Organisation.objects.get().locked_before == CLOSED
    assert Payment.objects.count() == 1


def test_a_period_is_not_closed_over_an_invoice_that_is_being_issued(staff):
    jane = staff()
    draft = make_invoice(jane)

    with ThreadPoolExecutor(1) as pool, transaction.atomic():
        invoices.finalise(draft, by=jane)
        with pytest.raises(OperationalError, match="lock timeout"):
            pool.submit(close, jane).result(timeout=20)


def test_a_payment_waits_for_a_period_that_is_being_closed(staff):
    jane = staff()
    invoice = make_issued(jane)

    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            settings.update(by=jane, locked_before=CLOSED)
            paid = pool.submit(pay, invoice, jane)
        assert isinstance(paid.result(timeout=20), ConflictError)

    assert not Payment.objects.exists()


def test_payments_and_the_closing_of_their_period_never_wait_for_each_other_for_ever(staff):
    jane = staff()
    owed = [make_issued(jane) for _ in range(8)]

    def step(number: int):
        if number == 8:
            return settings.update(by=jane, locked_before=CLOSED)
        return payments.create(owed[number], by=jane, amount=Decimal(10), paid_on=PAID_ON)

    results = race(9, step)

    assert isinstance(results[8], Organisation)
    assert all(isinstance(one, Payment | ConflictError) for one in results[:8])
    paid = sum(isinstance(one, Payment) for one in results[:8])
    assert (Payment.objects.count(), Invoice.objects.filter(amount_paid=10).count()) == (paid, paid)

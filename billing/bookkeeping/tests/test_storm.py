"""Many invoices on their way into a Xero of which three of four calls fail."""

import uuid

import pytest

from agency.records.outbox import operations as outbox
from agency.records.outbox.models import Effect
from agency.tests.racing import race
from billing.bookkeeping import posted, pushing, steps
from billing.bookkeeping.models import Posting
from billing.invoices.models import Invoice
from billing.invoices.tests.factories import make_customer, make_issued
from billing.xero import breaker
from billing.xero.simulator import invoices as theirs
from conftest import SOAK

INVOICES = 5000 if SOAK else 10
WORKERS = 6
ROUNDS = 400

pytestmark = [pytest.mark.postgres, pytest.mark.soak, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def stormy(xero, settings, monkeypatch):
    """A Xero whose minute lasts a second, and which would not notice a number used twice."""
    xero.limits.minute = settings.XERO_MINUTE_SECONDS = 1
    settings.XERO_MINUTE_LIMIT, settings.XERO_CONCURRENT_LIMIT = 58, 4
    settings.XERO_DAY_LIMIT = xero.limits.day = 10_000_000
    monkeypatch.setattr(breaker, "PATIENCE", 10_000_000)  # it would wait the storm out
    monkeypatch.setattr(theirs, "require_unique", lambda books, number: None)
    return xero


def issued(by, count: int) -> list[Invoice]:
    customers = [make_customer(name=f"Client {number}") for number in range(5)]
    return [make_issued(by, customer=customers[number % 5]) for number in range(count)]


def press_on() -> list[int]:
    """Everything that waits is due, and what gave up is asked for again, as a person would."""
    for effect in Effect.objects.filter(kind=pushing.KIND, state=Effect.State.DEAD):
        invoice = Invoice.objects.get(pk=Posting.objects.get(pk=effect.payload["id"]).record_id)
        pushing.ask(invoice, by=None)
    waiting = Effect.objects.filter(kind=pushing.KIND, state=Effect.State.WAITING)
    waiting.update(due_at="2020-01-01T00:00:00Z")
    return list(waiting.values_list("pk", flat=True))


def push_all(invoices: list[Invoice], *, rounds: int = ROUNDS) -> None:
    """Ask for all, and let workers carry on side by side until nothing waits."""
    for invoice in invoices:
        pushing.ask(invoice, by=None)
    for _ in range(rounds):
        left = press_on()
        if not left:
            return

        def work(number: int, left=left) -> None:
            for pk in left[number::WORKERS]:
                outbox.deliver(pk)

        assert race(WORKERS, work) == [None] * WORKERS
    pytest.fail(f"{len(left)} invoices never got there.")


def numbers_in(xero) -> list[str]:
    return sorted(one["InvoiceNumber"] for one in xero.books.invoices.values())


def test_each_arrives_once_whatever_fails(stormy, staff):
    invoices = issued(staff(), INVOICES)
    stormy.faults.storm(0.75, seed=7)
    push_all(invoices)
    assert numbers_in(stormy) == sorted(invoice.number for invoice in invoices)
    ids = {one["InvoiceNumber"]: key for key, one in stormy.books.invoices.items()}
    kept = dict(Invoice.objects.values_list("number", "xero_invoice_id"))
    assert kept == ids
    assert set(Posting.objects.values_list("state", flat=True)) == {Posting.State.DONE}
    assert set(stormy.faults.met) <= set(stormy.faults.kinds())
    assert len(stormy.faults.met) > 4
    assert stormy.limits.most_in_a_minute <= 60
    assert stormy.limits.most_at_once <= 5


def test_a_blind_retry_would_be_found_out(stormy, staff, monkeypatch):
    """Without the look-up and with a new key each time the same storm makes duplicates."""
    monkeypatch.setattr(steps, "found", lambda draft, posting, way: None)
    monkeypatch.setattr(posted, "key_of", lambda posting: uuid.uuid4().hex)
    invoices = issued(staff(), 2)
    stormy.faults.add("drop_after", "PUT", "Invoices", times=2)
    push_all(invoices)
    assert len(numbers_in(stormy)) > len(invoices)

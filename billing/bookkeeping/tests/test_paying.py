"""Our payments reach Xero once each, and follow what becomes of them here."""
# ruff: noqa: F811 fixtures that come from another file

import json
from decimal import Decimal
from functools import partial

import pytest

from billing.bookkeeping import syncing
from billing.bookkeeping.models import Posting
from billing.bookkeeping.tests.factories import PAID_ON, again, approved, told
from billing.bookkeeping.tests.factories import payment as remote_payment
from billing.bookkeeping.tests.ledger import Ledger
from billing.bookkeeping.tests.test_sync import boss, linked, xero  # noqa: F401 fixtures
from billing.payments import operations as payments
from billing.xero.models import Connection
from billing.xero.tests.conftest import connected  # noqa: F401 a fixture

pytestmark = pytest.mark.django_db
PAYMENTS = "/api.xro/2.0/Payments"


@pytest.fixture
def invoice(boss, xero):
    Connection.objects.update(sends_payments=True, payment_account_code="090")
    return approved(linked(boss, xero, 1))


@pytest.fixture
def worker(django_capture_on_commit_callbacks):
    return partial(django_capture_on_commit_callbacks, execute=True)


def answers(xero: Ledger, xero_id: str, amount: str, status="AUTHORISED") -> None:
    row = {"PaymentID": xero_id, "Amount": float(amount), "Status": status}
    xero.queues.pop(PAYMENTS, None)
    xero.says(PAYMENTS, {"Payments": [row | {"Date": "/Date(1794268800000+0000)/"}]})


def sent(xero: Ledger) -> list[tuple]:
    return [(one.method, one.path) for one in xero.asked if one.path.startswith(PAYMENTS)]


def test_a_payment_is_made_in_xero_once(invoice, boss, xero, worker):
    answers(xero, "p-1", "40")
    with worker():
        mine = payments.create(invoice, by=boss, amount=Decimal(40), paid_on=PAID_ON)
    mine.refresh_from_db()
    [posting] = Posting.objects.filter(kind="payment")
    assert (mine.xero_payment_id, posting.state, posting.xero_id) == ("p-1", "done", "p-1")
    [asked] = [one for one in xero.asked if one.path.startswith(PAYMENTS)]
    assert (asked.method, "idempotency-key" in asked.headers) == ("PUT", True)
    assert "40" in json.dumps(asked.json)


def test_one_that_is_there_already_is_found_and_not_made_again(invoice, boss, xero, worker):
    xero.put("id-1", invoice.number, paid=[("p-7", "40.00", PAID_ON)])
    with worker():
        mine = payments.create(invoice, by=boss, amount=Decimal(40), paid_on=PAID_ON)
    mine.refresh_from_db()
    assert (mine.xero_payment_id, sent(xero)) == ("p-7", [])


def test_one_taken_back_here_is_deleted_there(invoice, boss, xero, worker):
    xero.put("id-1", invoice.number, paid=[("p-1", "40.00", PAID_ON)])
    with worker():
        mine = payments.create(invoice, by=boss, amount=Decimal(40), paid_on=PAID_ON)
    answers(xero, "p-1", "40", status="DELETED")
    mine.refresh_from_db()
    with worker():
        payments.delete(mine, by=boss)
    assert [path for _, path in sent(xero)] == [f"{PAYMENTS}/p-1"]
    assert Posting.objects.get(kind="payment").state == "withdrawn"


def test_a_correction_is_a_deletion_and_a_new_one(invoice, boss, xero, worker):
    xero.put("id-1", invoice.number, paid=[("p-1", "40.00", PAID_ON)])
    with worker():
        mine = payments.create(invoice, by=boss, amount=Decimal(40), paid_on=PAID_ON)
    answers(xero, "p-2", "50")
    mine.refresh_from_db()
    with worker():
        payments.update(mine, by=boss, amount=Decimal(50))
    mine.refresh_from_db()
    assert [path for _, path in sent(xero)] == [f"{PAYMENTS}/p-1", PAYMENTS]
    assert (mine.xero_payment_id, again(invoice).amount_paid) == ("p-2", 50)


def test_a_sync_leaves_alone_what_xero_is_about_to_hear(invoice, boss, xero, worker):
    xero.put("id-1", invoice.number, paid=[("p-1", "40.00", PAID_ON)])
    with worker():
        mine = payments.create(invoice, by=boss, amount=Decimal(40), paid_on=PAID_ON)
    mine.refresh_from_db()
    payments.update(mine, by=boss, amount=Decimal(50))  # its effect waits
    before = told(again(invoice), payments=[remote_payment("40", "p-1")], lines=())
    syncing.apply(again(invoice), before)
    assert again(invoice).amount_paid == 50


def test_what_xero_refuses_needs_attention_in_its_own_words(invoice, boss, xero, worker):
    refusal = {
        "ErrorNumber": 10,
        "Type": "ValidationException",
        "Message": "A validation exception occurred",
        "Elements": [{"ValidationErrors": [{"Message": "The account is archived."}]}],
    }
    xero.says(PAYMENTS, refusal, status=400)
    with worker():
        payments.create(invoice, by=boss, amount=Decimal(40), paid_on=PAID_ON)
    posting = Posting.objects.get(kind="payment")
    assert posting.state == "attention"
    assert "The account is archived." in posting.message
    assert again(invoice).amount_paid == 40


def test_nothing_is_sent_where_it_is_not_wanted(invoice, boss, xero, worker):
    Connection.objects.update(sends_payments=False)
    with worker():
        payments.create(invoice, by=boss, amount=Decimal(40), paid_on=PAID_ON)
    assert (sent(xero), Posting.objects.filter(kind="payment").count()) == ([], 0)


def test_what_was_refused_is_tried_again_from_the_log(invoice, boss, xero, worker, page):
    Connection.objects.update(payment_account_code="")
    with worker():
        payments.create(invoice, by=boss, amount=Decimal(40), paid_on=PAID_ON)
    posting = Posting.objects.get(kind="payment")
    assert (posting.state, "Choose the account" in posting.message) == ("attention", True)
    Connection.objects.update(payment_account_code="090")
    answers(xero, "p-1", "40")
    with worker():
        page(boss).post("/sync-log", {"action": "retry", "row": [posting.pk]})
    posting.refresh_from_db()
    assert (posting.state, posting.xero_id) == ("done", "p-1")

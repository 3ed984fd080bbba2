"""Steps of a linked invoice: Xero takes them first, and what it refuses changes nothing here."""

import pytest

from billing.bookkeeping import live, posted, pushing
from billing.bookkeeping.models import Posting
from billing.invoices.tests.factories import make_customer, make_invoice
from billing.models import Invoice
from billing.payments import operations as payments
from billing.xero.models import Connection

pytestmark = pytest.mark.django_db


@pytest.fixture
def jane(staff):
    return staff(invoices="manage")


@pytest.fixture
def there(books, jane):
    """An invoice of 110.00 that is a draft in Xero."""
    return pushing.push(make_invoice(jane), by=jane)


@pytest.fixture
def call(api, jane):
    client = api(jane)

    def send(invoice, verb: str, method="post", **body):
        return getattr(client, method)(f"/api/invoices/{invoice.pk}{verb}", body, format="json")

    return send


def status_of(books, invoice) -> str:
    return books.invoices[invoice.xero_invoice_id]["Status"]


def again(invoice) -> Invoice:
    return Invoice.objects.get(pk=invoice.pk)


def test_push_answers_the_invoice_and_its_id(books, jane, call):
    answer = call(make_invoice(jane), "/push-to-xero")
    [there] = books.invoices.values()
    assert (answer.status_code, answer.json()["xero_invoice_id"]) == (200, there["InvoiceID"])
    assert answer.json()["invoice"]["status"] == "finalised"


def test_push_says_when_to_ask_again(books, jane, call):
    books.fails("PUT", "/Invoices", (503, b"down", {}))
    answer = call(make_invoice(jane), "/push-to-xero")
    assert answer.status_code == 503
    assert int(answer["Retry-After"]) >= 1


def test_a_refused_push_is_409_word_for_word(books, jane, call):
    no = {"Elements": [{"ValidationErrors": [{"Message": "The account is archived."}]}]}
    books.fails("PUT", "/Invoices", (400, no, {}))
    answer = call(make_invoice(jane), "/push-to-xero")
    assert (answer.status_code, answer.json()["message"]) == (409, "The account is archived.")


def test_approved_sent_and_voided_there_and_here(books, there, call):
    for verb, local, remote in (
        ("approve", "approved", "AUTHORISED"),
        ("send", "sent", "AUTHORISED"),
        ("void", "voided", "VOIDED"),
    ):
        answer = call(there, f"/xero-{verb}")
        assert (answer.status_code, answer.json()["invoice"]["status"]) == (200, local)
        assert status_of(books, there) == answer.json()["invoice"]["xero_status"] == remote
    assert books.mails == [there.xero_invoice_id]


def test_a_draft_there_is_not_mailed(books, there, call):
    answer = call(there, "/xero-send")
    assert answer.status_code == 409
    assert "DRAFT in Xero" in answer.json()["message"]
    assert (again(there).status, books.mails) == ("finalised", [])


def test_a_lost_answer_to_an_approval_is_healed_by_asking_again(books, there, call):
    books.fails("POST", "/Invoices", "lost after")
    assert call(there, "/xero-approve").status_code == 503
    assert again(there).status == "finalised"
    assert call(there, "/xero-approve").json()["invoice"]["status"] == "approved"
    assert sum(asked.startswith("POST /Invoices") for asked in books.asked) == 1


def test_void_that_xero_refuses_changes_nothing(books, there, call):
    call(there, "/xero-approve")
    books.invoices[there.xero_invoice_id]["Status"] = "PAID"
    answer = call(there, "/xero-void")
    assert answer.status_code == 409
    assert answer.json()["message"] == "Invoice not of valid status for modification: PAID"
    assert again(there).status == "approved"


def test_money_on_it_forbids_to_void_before_xero_is_asked(books, jane, there, call):
    payments.create(there, by=jane, amount=there.total, is_fact=True, xero_payment_id="p1")
    asked = list(books.asked)
    assert call(there, "/xero-void").status_code == 409
    assert (again(there).status, books.asked) == ("finalised", asked)


def test_deleted_there_it_is_a_draft_here_and_may_go_again(books, jane, there, call):
    answer = call(there, "/xero-delete")
    row = answer.json()["invoice"]
    assert (row["status"], row["xero_invoice_id"]) == ("draft", None)
    assert row["invoice_number"] == there.number
    assert status_of(books, there) == "DELETED"
    assert posted.of(there).state == Posting.State.WITHDRAWN
    assert again(there).snapshot == {}
    pushed = pushing.push(there, by=jane)
    assert pushed.xero_invoice_id != there.xero_invoice_id
    assert posted.of(pushed).version == 2


def test_only_a_draft_is_deleted_there(books, there, call):
    call(there, "/xero-approve")
    assert call(there, "/xero-delete").status_code == 409
    assert (status_of(books, there), again(there).status) == ("AUTHORISED", "approved")


@pytest.mark.parametrize(("before", "after"), [("DRAFT", "DELETED"), ("AUTHORISED", "VOIDED")])
def test_deleting_here_takes_it_out_there_first(books, there, call, before, after):
    if before == "AUTHORISED":
        call(there, "/xero-approve")
    assert call(there, "", "delete").status_code == 200
    assert status_of(books, there) == after
    assert again(there).hidden_at is not None


def test_what_xero_refuses_to_delete_stays(books, there, call):
    books.invoices[there.xero_invoice_id]["Status"] = "PAID"
    answer = call(there, "", "delete")
    assert answer.status_code == 409
    assert again(there).hidden_at is None


@pytest.mark.parametrize("verb", ["approve", "send", "void", "delete"])
def test_each_step_needs_manage_a_link_and_a_connection(  # noqa: PLR0917 fixtures
    api, staff, jane, there, call, verb
):
    path = f"/xero-{verb}"
    clerk = api(staff(invoices="update"))
    assert clerk.post(f"/api/invoices/{there.pk}{path}").status_code == 403
    unlinked = make_invoice(jane, customer=there.customer)
    assert "is not in Xero" in call(unlinked, path).json()["message"]
    Connection.objects.update(state="disconnected")
    answer = call(there, path)
    assert (answer.status_code, again(there).status) == (409, "finalised")


def test_the_pdf_is_xeros_once_it_is_out_there(books, there, call):
    assert call(there, "/pdf", "get")["X-PDF-Source"] == "local"
    call(there, "/xero-approve")
    answer = call(there, "/pdf", "get")
    assert (answer["X-PDF-Source"], answer.content) == ("xero", b"%PDF-1.4 from Xero")


def test_the_detail_tells_what_xero_says_now(books, settings, there, call):
    settings.XERO_FRESH_SECONDS = 0
    books.invoices[there.xero_invoice_id]["Status"] = "AUTHORISED"
    row = call(there, "", "get").json()["invoice"]
    assert (row["xero_status"], row["status"], row["xero_stale"]) == (
        "AUTHORISED",
        "approved",
        False,
    )


def test_the_detail_asks_once_in_a_while(books, settings, there, call):
    settings.XERO_FRESH_SECONDS = 60
    asked = len(books.asked)
    for _ in range(3):
        assert call(there, "", "get").json()["invoice"]["xero_stale"] is False
    assert len(books.asked) == asked + 1


def test_the_detail_says_so_when_xero_is_down(books, settings, there, call):
    settings.XERO_FRESH_SECONDS = 0
    books.fails("GET", "/Invoices", (503, b"down", {}), times=2)
    answer = call(there, "", "get")
    row = answer.json()["invoice"]
    assert (answer.status_code, row["xero_status"], row["xero_stale"]) == (200, "DRAFT", True)


def test_one_reads_while_others_wait_for_nobody(there):
    assert [live.claim(there.pk), live.claim(there.pk)] == [True, False]


def test_an_id_is_taken_over_where_all_agrees(books, jane, there, call):
    xero_id = there.xero_invoice_id
    assert call(there, "", "put", xero_invoice_id=None).json()["invoice"]["xero_status"] == ""
    row = call(there, "", "put", xero_invoice_id=xero_id).json()["invoice"]
    assert (row["xero_invoice_id"], row["xero_status"]) == (xero_id, "DRAFT")


def test_an_id_of_another_total_or_nothing_is_refused(books, jane, there, call):
    other = make_invoice(jane, customer=there.customer, lines=[("Words", "1", "7")])
    assert call(other, "", "put", xero_invoice_id=there.xero_invoice_id).status_code == 409
    twin = make_invoice(jane, customer=there.customer)
    assert call(twin, "", "put", xero_invoice_id=there.xero_invoice_id).status_code == 409
    assert call(twin, "", "put", xero_invoice_id="nowhere").status_code == 409
    stranger = make_invoice(jane, customer=make_customer(name="Other"))
    assert call(stranger, "", "put", xero_invoice_id="x").status_code == 409
    assert Invoice.objects.exclude(xero_invoice_id=None).count() == 1

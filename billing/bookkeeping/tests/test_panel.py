"""The Xero panel of an invoice: what it says, and who may press what."""

import re

import pytest
from django.utils.html import escape

from billing.bookkeeping import linking, posted
from billing.bookkeeping.models import Posting
from billing.bookkeeping.tests.factories import again
from billing.invoices.tests.factories import make_customer, make_invoice, make_issued

pytestmark = pytest.mark.django_db
STEPS = ("push", "sync", "approve", "send", "void", "delete")


@pytest.fixture
def boss(staff):
    return staff(invoices="manage")


@pytest.fixture
def browser(page, boss):
    return page(boss)


def panel(client, invoice) -> str:
    return client.get(f"/invoices/{invoice.pk}/panels/xero").content.decode()


def buttons(client, invoice) -> list[str]:
    path = f"/invoices/{invoice.pk}/xero/"
    return re.findall(f'data-post="{path}([a-z]+)"', panel(client, invoice))


def press(client, invoice, step: str) -> list[str]:
    """Press a button; what the page then says."""
    response = client.post(f"/invoices/{invoice.pk}/xero/{step}")
    assert response.status_code == 303
    return [str(one) for one in client.get(response["Location"]).context["messages"]]


def test_the_way_of_an_invoice_through_its_panel(xero, browser, boss):
    invoice = make_invoice(boss)
    assert buttons(browser, invoice) == ["push"]
    press(browser, invoice, "push")
    assert (again(invoice).status, again(invoice).xero_status) == ("finalised", "DRAFT")
    assert buttons(browser, invoice) == ["sync", "approve", "delete"]
    press(browser, invoice, "approve")
    assert (again(invoice).status, again(invoice).xero_status) == ("approved", "AUTHORISED")
    assert buttons(browser, invoice) == ["sync", "send", "void"]
    press(browser, invoice, "void")
    assert (again(invoice).status, again(invoice).xero_status) == ("voided", "VOIDED")
    assert buttons(browser, invoice) == ["sync"]


def test_a_draft_is_deleted_there_and_pushed_anew(xero, browser, boss):
    invoice = make_issued(boss)
    press(browser, invoice, "push")
    press(browser, invoice, "delete")
    assert (again(invoice).status, again(invoice).xero_invoice_id) == ("draft", None)
    assert "Taken out of Xero" in panel(browser, invoice)
    assert buttons(browser, invoice) == ["push"]


def test_it_tells_what_xero_says_now(xero, browser, boss):
    invoice = make_issued(boss)
    press(browser, invoice, "push")
    xero.authorise(again(invoice).number)
    assert "AUTHORISED" not in panel(browser, invoice)  # looking asks nobody
    press(browser, invoice, "sync")
    assert "AUTHORISED" in panel(browser, invoice)


def test_a_refusal_is_told_word_for_word_and_tried_again(xero, browser, boss):
    invoice = make_issued(boss)
    xero.archive_account("200")
    [told] = press(browser, invoice, "push")
    assert (posted.of(invoice).state, posted.of(invoice).message) == ("attention", told)
    assert escape(told) in panel(browser, invoice)
    assert buttons(browser, invoice) == ["push"]
    assert "Try again" in panel(browser, invoice)
    xero.books.account("200")["Status"] = "ACTIVE"
    press(browser, invoice, "push")
    assert posted.of(invoice).state == Posting.State.DONE


def test_a_xero_that_is_down_is_a_message_and_no_failure(xero, browser, boss, settings):
    invoice = make_issued(boss)
    settings.XERO_API_URL = "http://127.0.0.1:9"
    [told] = press(browser, invoice, "push")
    assert "It goes to Xero by itself." in told
    assert "Waiting for Xero" in panel(browser, invoice)
    assert "It goes on by itself at" in panel(browser, invoice)
    assert buttons(browser, invoice) == ["push"]


def test_what_differs_stands_in_it(xero, browser, boss):
    invoice = make_issued(boss)
    press(browser, invoice, "push")
    xero.change(again(invoice).number, InvoiceNumber="X-1")
    press(browser, invoice, "sync")
    assert f"{invoice.number} here, X-1 in Xero." in panel(browser, invoice)


def test_simulated_books_have_no_address_at_xero(xero, browser, boss, settings):
    invoice = make_issued(boss)
    press(browser, invoice, "push")
    assert "go.xero.com" not in panel(browser, invoice)
    assert "Simulator" in panel(browser, invoice)
    settings.XERO_IS_SIMULATED = False
    address = "https://go.xero.com/AccountsReceivable/View.aspx?InvoiceID="
    assert f'href="{address}{again(invoice).xero_invoice_id}"' in panel(browser, invoice)
    assert "Simulator" not in panel(browser, invoice)


def test_an_unlinked_one_may_be_pushed(xero, browser, boss):
    invoice = make_issued(boss)
    press(browser, invoice, "push")
    linking.unlink(invoice, by=boss)
    assert "Not in Xero" in panel(browser, invoice)
    assert buttons(browser, invoice) == ["push"]


def test_not_connected_offers_nothing(page, staff, boss):
    invoice = make_issued(boss)
    assert "Xero is not connected." in panel(page(boss), invoice)
    assert buttons(page(boss), invoice) == []
    assert 'href="/settings/xero"' not in panel(page(boss), invoice)
    keeper = page(staff(invoices="view", settings="manage"))
    assert 'href="/settings/xero"' in panel(keeper, invoice)
    assert press(page(boss), invoice, "push") == ["Xero is not connected."]


def test_each_right_has_its_buttons_and_its_routes(xero, page, staff, browser, boss):
    invoice = make_issued(boss)
    viewer, writer = page(staff(invoices="view")), page(staff(invoices="update"))
    assert (buttons(viewer, invoice), buttons(writer, invoice)) == ([], ["push"])
    press(writer, invoice, "push")
    assert (buttons(viewer, invoice), buttons(writer, invoice)) == ([], ["sync"])
    assert buttons(browser, invoice) == ["sync", "approve", "delete"]
    xero.asked.clear()

    def refused(client):
        paths = (f"/invoices/{invoice.pk}/xero/{step}" for step in STEPS)
        return [client.post(path).status_code for path in paths]

    assert refused(viewer) == [403] * 6
    assert refused(page(staff(customers="manage"))) == [403] * 6
    assert refused(writer)[2:] == [403] * 4
    assert refused(page(staff(invoices="manage", scope="own"))) == [404] * 6
    assert again(invoice).xero_status == "DRAFT"


def test_many_are_pushed_from_the_list(xero, browser, boss, django_capture_on_commit_callbacks):
    customer = make_customer()
    rows = [make_issued(boss, customer=customer), make_invoice(boss, customer=customer)]
    with django_capture_on_commit_callbacks(execute=True):
        browser.post("/invoices", {"action": "push", "row": [row.pk for row in rows]})
    assert [again(row).xero_status for row in rows] == ["DRAFT", "DRAFT"]

"""Many rows in Chromium: chosen, left to the background, followed to the end."""

from threading import Thread

import pytest
from django.db import connection
from playwright.sync_api import expect

from agency.records.longwork import turns
from agency.records.longwork.models import LongWork
from billing.invoices.tests.factories import make_customer, make_invoice

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PATIENCE = 30_000  # milliseconds: the test's worker is done before the list is answered


@pytest.fixture
def jane(transactional_db, staff):
    return staff(first_name="Jane", last_name="Doe")


def test_all_that_match_are_finalised_in_the_background(window, jane):
    customer = make_customer()
    for _ in range(27):
        make_invoice(jane, customer=customer)
    with window(jane, "/invoices?size=25") as (tab, reports):
        tab.check("#list input[name=all]")
        tab.click("#bulk [data-all]")
        expect(tab.locator("#bulk [data-n]")).to_have_text("All 27 chosen")
        tab.click("#bulk [data-move=finalise]")
        expect(tab.locator("#toasts a")).to_have_text("Follow it", timeout=PATIENCE)
        tab.click("#toasts a")
        expect(tab.locator("h1")).to_have_text("Finalise: 27 invoices")
        expect(tab.locator("#progress")).to_contain_text("27 finalised")
        tab.click(".bell button")
        expect(tab.locator(".notices")).to_contain_text("Finalise: 27 invoices. 27 finalised.")
        assert reports == []


def test_the_page_follows_the_work_to_its_end(window, jane):
    work = LongWork.objects.create(
        kind="list step",
        title="Approve: 40 invoices",
        requested_by=jane,
        state=LongWork.State.RUNNING,
        total=40,
        done=40,
    )

    def end() -> None:
        turns.next_step(work.pk)
        connection.close()

    with window(jane, work.get_absolute_url()) as (tab, reports):
        expect(tab.locator("h1 + .pill")).to_contain_text("Running")
        worker = Thread(target=end)
        worker.start()
        expect(tab.locator("h1 + .pill")).to_contain_text("Finished", timeout=PATIENCE)
        expect(tab.locator("[hx-trigger='every 2s']")).to_have_count(0)
        worker.join()
        assert reports == []

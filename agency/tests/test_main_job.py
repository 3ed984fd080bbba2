"""The main job in a real browser: approve a week, invoice a budget, read the PDF, take payment."""

import re

import pytest
from playwright.sync_api import expect

from agency.management.demo import story
from agency.staff.access import DEMO_PASSWORD
from agency.ui.tests.chromium import chromium
from billing.models import Invoice
from budgets.models import Budget
from crm.models import TimeEntry

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
]


def ready_budget() -> Budget:
    """A time and materials budget with approved time that nobody has billed."""
    waiting = TimeEntry.objects.to_invoice().filter(budget__budget_type="time_and_materials")
    return waiting.order_by("pk").first().budget


def sign_in(tab, live_server) -> None:
    tab.goto(f"{live_server.url}/login")
    tab.get_by_label("E-mail").fill("head@example.com")
    tab.get_by_label("Password").fill(DEMO_PASSWORD)
    tab.get_by_role("button", name="Sign in").click()
    expect(tab.get_by_role("heading", level=1)).to_be_visible()


def test_from_approved_time_to_a_paid_invoice(live_server, settings, tmp_path):
    settings.DEBUG = True  # the demo's people sign in during development only
    story.tell()
    budget, before = ready_budget(), TimeEntry.objects.submitted().count()
    remaining = budget.figures.remaining
    with chromium() as browser:
        tab = browser.new_context(viewport={"width": 1280, "height": 900}).new_page()
        problems: list[str] = []
        tab.on("console", lambda said: said.type == "error" and problems.append(said.text))
        tab.on("pageerror", lambda error: problems.append(str(error)))
        sign_in(tab, live_server)

        tab.goto(f"{live_server.url}/time/approvals")
        tab.get_by_role("button", name="Approve week").first.click()
        expect(tab.locator(".toasts")).to_contain_text("approved")

        tab.goto(f"{live_server.url}/budgets/{budget.pk}")
        tab.locator(".head").get_by_text(re.compile("^Invoice [A-Z]{3} ")).click()
        tab.get_by_role("button", name="Make the draft").click()
        tab.wait_for_url(re.compile(r"/invoices/\d+$"))
        tab.get_by_role("button", name="Finalise").click()
        expect(tab.get_by_role("heading", level=1)).to_contain_text("INV-")

        address = tab.get_by_role("link", name="PDF", exact=True).get_attribute("href")
        content = tab.context.request.get(f"{live_server.url}{address}").body()
        assert content.startswith(b"%PDF")

        tab.get_by_role("link", name="Record payment").click()
        tab.locator("#dialog-body").get_by_role("button", name="Record payment").click()
        expect(tab.locator(".head .pill")).to_contain_text("Paid")
        expect(tab.locator(".tl").first).to_contain_text("recorded a payment of")
        assert problems == []

    invoice = Invoice.objects.latest("pk")
    assert (invoice.shown_status, invoice.budget) == ("paid", budget)
    assert TimeEntry.objects.submitted().count() < before
    after = Budget.objects.get(pk=budget.pk).figures.remaining
    assert after == remaining - invoice.subtotal

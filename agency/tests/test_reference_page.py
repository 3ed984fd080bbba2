"""The reference page works in a browser under the strict content policy."""

import json

import pytest
from playwright.sync_api import expect

from agency.ui.tests.chromium import window

__all__ = ["window"]
pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
]


def test_the_reference_lists_every_route_and_tries_one_with_the_session(window, staff):
    person = staff("executive", email="kim@example.com")
    with window(person, "/api/reference/agency") as (tab, reports):
        expect(tab.locator(".info .title")).to_contain_text("Agency API")
        expect(tab.locator("h3.opblock-tag[data-tag=invoices]")).to_be_visible()
        tab.locator("h3.opblock-tag[data-tag=me]").click()
        tab.locator("#operations-me-get_me .opblock-summary-control").click()
        tab.get_by_role("button", name="Try it out").click()
        tab.get_by_role("button", name="Execute").click()
        answer = tab.locator(".live-responses-table .highlight-code code").first
        expect(answer).to_contain_text("kim@example.com")
        assert json.loads(answer.inner_text())["user"]["role"] == "executive"
        assert reports == []


@pytest.mark.parametrize(
    ("dialect", "title", "tag"),
    [("v1", "CRM API", "customers"), ("teamwork", "Teamwork API", "invoices")],
)
def test_the_pages_of_the_dialects_lead_to_each_other(window, staff, dialect, title, tag):
    with window(staff("executive"), "/api/reference/agency") as (tab, reports):
        tab.get_by_role("link", name=title).click()
        tab.wait_for_url(f"**/api/reference/{dialect}")
        expect(tab.locator(".info .title")).to_contain_text(title)
        expect(tab.locator(f"h3.opblock-tag[data-tag={tag}]")).to_be_visible()
        expect(tab.locator("[aria-current=page]")).to_have_text(title)
        assert reports == []

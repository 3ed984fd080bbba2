"""Lines of the editor that start from the catalogue, in Chromium."""

from decimal import Decimal

import pytest
from playwright.sync_api import expect

from agency.reference.models import Tax
from agency.ui.tests.chromium import window
from billing.items import operations as items

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
__all__ = ["window"]


@pytest.fixture
def jane(transactional_db, staff):
    jane = staff()
    export = Tax.objects.get(code="EXEMPTEXPORT")
    items.create(by=jane, description="Hosting", rate=Decimal(20), unit="month", tax=export)
    items.create(by=jane, description="Consulting", rate=Decimal("150.125"), unit="hour")
    return jane


def take(tab, name: str) -> None:
    tab.locator(".catalogue .ts-control").click()
    tab.locator(".catalogue .option, body > .ts-dropdown .option", has_text=name).click()


def test_an_item_fills_the_blank_line_and_the_next_one_adds_a_line(window, jane):
    with window(jane, "/invoices/new") as (tab, reports):
        lines = tab.locator("tr[data-line]")
        before = lines.count()
        take(tab, "Hosting")
        expect(lines).to_have_count(before)
        take(tab, "Consulting")
        expect(lines).to_have_count(before + 1)
        typed = [
            [row.locator(f"[name$=-{name}]").input_value() for name in NAMES]
            for row in (lines.nth(before - 1), lines.nth(before))
        ]
        assert typed == [
            ["Hosting", "1", "month", "20.00", "EXEMPTEXPORT"],
            ["Consulting", "1", "hour", "150.125", ""],
        ]
        expect(tab.locator("[data-preview]")).to_contain_text("185.14")  # with GST on the second
        expect(tab.locator(".catalogue .item")).to_have_text("From the catalogue…")
        assert reports == []


NAMES = ("description", "quantity", "unit", "unit_price", "tax_type")

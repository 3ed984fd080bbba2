"""The week grid and the timer in Chromium."""

import re

import pytest
from playwright.sync_api import expect

from agency.ui.tests.chromium import window
from crm.timesheets.models import TimeEntry
from crm.timesheets.tests.factories import log, make_project, make_task

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
__all__ = ["window"]
WEEK = "/time?on=2026-11-16"


@pytest.fixture
def anna(transactional_db, staff):
    person = staff("employee", first_name="Anna")
    project = make_project(person)
    log(person, task_id=make_task(project, title="Checkout flow").pk)
    log(person, task_id=make_task(project, title="Forms").pk)
    return person


def cell(tab, row, day):
    return tab.locator(".week tbody tr").nth(row).locator("input[data-day]").nth(day)


def test_cells_save_themselves_while_one_types_on(window, anna):
    with window(anna, WEEK) as (tab, reports):
        cell(tab, 0, 1).fill("7,5")
        tab.keyboard.press("Tab")
        cell(tab, 0, 2).fill("90m")
        tab.keyboard.press("Enter")
        expect(cell(tab, 1, 2)).to_be_focused()
        expect(tab.locator("[data-week-total]")).to_have_text("11:00")
        expect(tab.locator("#week-figures .v").first).to_have_text("11:00")
        tab.wait_for_load_state("networkidle")
        tab.reload()
        expect(cell(tab, 0, 1)).to_have_value("7:30")
        expect(cell(tab, 0, 2)).to_have_value("1:30")
        assert reports == []

    found = TimeEntry.objects.order_by("pk").values_list("minutes", flat=True)
    assert list(found) == [60, 60, 450, 90]


def test_a_cell_that_is_typed_again_before_it_is_saved_keeps_the_last_word(window, anna):
    with window(anna, WEEK) as (tab, reports):
        slow = tab.context.new_cdp_session(tab)
        speed = {"latency": 400, "downloadThroughput": -1, "uploadThroughput": -1}
        slow.send("Network.emulateNetworkConditions", {"offline": False, **speed})
        for text in ("2:00", "3:00"):
            cell(tab, 0, 1).fill(text)
            tab.keyboard.press("Tab")
        cell(tab, 1, 1).fill("1:00")
        tab.keyboard.press("Tab")
        expect(tab.locator("#week-figures .v").first).to_have_text("6:00")
        tab.reload()
        expect(cell(tab, 0, 1)).to_have_value("3:00")
        expect(tab.locator("[data-week-total]")).to_have_text("6:00")
        assert reports == []


def test_a_cell_that_the_server_did_not_get_stays_marked_and_is_sent_again(window, anna):
    with window(anna, WEEK) as (tab, _):
        tab.context.set_offline(True)
        cell(tab, 0, 1).fill("2:00")
        tab.keyboard.press("Tab")
        expect(tab.locator("td.is-no")).to_have_count(1)
        expect(cell(tab, 0, 1)).to_have_value("2:00")
        tab.context.set_offline(False)
        cell(tab, 0, 1).fill("2:15")
        tab.keyboard.press("Tab")
        expect(tab.locator("td.is-no")).to_have_count(0)
        tab.wait_for_load_state("networkidle")

    assert list(TimeEntry.objects.order_by("pk").values_list("minutes", flat=True))[2:] == [135]


def test_a_length_that_is_none_is_refused_beside_the_cell(window, anna):
    with window(anna, WEEK) as (tab, _):
        cell(tab, 0, 0).fill("lots")
        tab.keyboard.press("Tab")
        expect(cell(tab, 0, 0)).to_have_attribute("aria-invalid", "true")
        expect(tab.locator("#toasts")).to_contain_text("is not a length of time")
        expect(cell(tab, 0, 0)).to_have_value("lots")


def test_an_entry_and_the_list_follow_what_a_dialog_saved(window, anna):
    entry = TimeEntry.objects.order_by("pk").first()
    with window(anna, f"/time/{entry.pk}") as (tab, reports):
        tab.keyboard.press("e")
        tab.fill("#dialog [name=minutes]", "2:30")
        tab.keyboard.press("Control+Enter")
        expect(tab.locator(".figs .v").first).to_have_text("2:30")
        tab.goto("/time/entries")
        expect(tab.locator("tbody tr[data-row]")).to_have_count(2)
        tab.locator("[data-create]").click()
        tab.fill("#dialog [name=minutes]", "45m")
        tab.keyboard.press("Control+Enter")
        expect(tab.locator("tbody tr[data-row]")).to_have_count(3)
        assert reports == []


def test_the_timer_starts_by_key_switches_and_stops(window, anna):
    with window(anna, "/time/day?on=2026-11-16") as (tab, reports):
        tab.keyboard.press("t")
        tab.locator("#dialog .ts-control").click()
        tab.locator(".ts-dropdown .option", has_text="Checkout flow").click()
        tab.locator("#dialog button[type=submit]").click()
        expect(tab.locator("#timer-slot .what")).to_have_text("Checkout flow")
        tab.locator("[aria-label='Start timer, Forms']").click()
        expect(tab.locator("#dialog")).to_contain_text("Checkout flow has been running")
        tab.locator("#dialog button[type=submit]").click()
        expect(tab.locator("#timer-slot .what")).to_have_text("Forms")
        tab.keyboard.press("t")
        expect(tab.locator("#toasts")).to_contain_text(re.compile(r"0:01 on Forms"))
        assert reports == []

    assert not TimeEntry.objects.running().exists()
    assert TimeEntry.objects.count() == 4

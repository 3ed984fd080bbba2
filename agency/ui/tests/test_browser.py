"""The shell in Chromium: keys, swaps, dialogs, guards, under the strict content policy."""

import re

import pytest
from playwright.sync_api import expect

from agency.ui import navigation
from agency.ui.models import SavedView

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def mia(transactional_db, staff):
    """Mia and three colleagues, one of whom has left."""
    for name in ("Dan", "Priya"):
        staff("head", first_name=name, last_name="", email=f"{name.lower()}@example.com")
    staff("head", first_name="Zoe", last_name="", email="zoe@example.com", is_active=False)
    navigation.add("Deliver", "People", "person-list", "users", key="p")
    navigation.add_new("Person", "person-new", "user-plus", "staff:manage", key="p", dialog=True)
    return staff(first_name="Mia", last_name="Tran", email="mia@example.com")


def test_rows_are_moved_through_chosen_and_found_by_keyboard(window, mia):
    with window(mia, "/people") as (tab, reports):
        for key in "jjx":
            tab.keyboard.press(key)
        expect(tab.locator("tr.is-on.is-at a.id").first).to_have_text("Mia Tran")
        expect(tab.locator("#bulk [data-n]")).to_have_text("1 chosen")
        tab.keyboard.press("/")
        tab.keyboard.type("pri")
        expect(tab).to_have_url(re.compile(r"\?search=pri$"))
        expect(tab.locator("tr[data-row]")).to_have_count(1)
        expect(tab.locator("#find")).to_be_focused()
        tab.go_back()
        expect(tab.locator("tr[data-row]")).to_have_count(4)
        expect(tab.locator("nav.side")).to_have_count(1)
        assert reports == []


def test_e_edits_the_row_as_its_page_would(window, mia):
    with window(mia, "/people") as (tab, reports):
        for key in "jje":
            tab.keyboard.press(key)
        expect(tab.get_by_role("dialog").get_by_label("First name")).to_have_value("Mia")
        assert reports == []


def test_tab_sort_and_search_hold_together_in_the_url(window, mia):
    with window(mia, "/people") as (tab, reports):
        tab.locator("#tabs a", has_text="Left").click()
        expect(tab.locator("#tabs [aria-current]")).to_contain_text("Left")
        tab.locator("th a", has_text="E-mail").click()
        expect(tab.locator("th[aria-sort=ascending]")).to_contain_text("E-mail")
        tab.fill("#find", "nobody")
        expect(tab.locator("h2")).to_contain_text(["No people match"])
        assert tab.url.endswith("/people?tab=left&sort=email&search=nobody")
        assert reports == []


def test_a_view_is_saved_and_named_beside_the_title(window, mia):
    with window(mia, "/people?tab=left") as (tab, reports):
        tab.locator("#filters [data-do=save-view]").click()
        tab.fill("dialog input[name=name]", "Gone")
        tab.keyboard.press("Control+Enter")
        expect(tab.locator("#views-menu button").first).to_contain_text("Gone")
        expect(tab.locator("#toasts")).to_contain_text("View “Gone” saved.")
        assert reports == []
    assert list(SavedView.objects.values_list("query", flat=True)) == ["tab=left"]


def test_c_and_a_letter_open_the_form_and_leaving_it_asks(window, mia):
    with window(mia, "/people") as (tab, reports):
        tab.keyboard.press("c")
        expect(tab.locator("[data-letters]")).to_be_visible()
        tab.keyboard.press("p")
        tab.fill("dialog input[name=first_name]", "Bob")
        tab.keyboard.press("Escape")
        expect(tab.locator("#ask")).to_be_visible()
        tab.locator("#ask button", has_text="Cancel").click()
        expect(tab.locator("dialog input[name=first_name]")).to_have_value("Bob")
        assert reports == []


def test_an_error_stands_at_its_field_and_nothing_typed_is_lost(window, mia):
    with window(mia, "/people/new") as (tab, _):
        tab.fill("[name=first_name]", "Dan")
        tab.fill("[name=email]", "dan@example.com")
        tab.keyboard.press("Control+Enter")
        expect(tab.locator("#id_email_error")).to_have_text("Somebody has this address already.")
        expect(tab.locator("[name=email]")).to_be_focused()
        expect(tab.locator("[name=first_name]")).to_have_value("Dan")


def test_a_form_that_is_pressed_twice_is_sent_once(window, mia):
    with window(mia, "/people/new") as (tab, _):
        sent = []
        tab.on("request", lambda request: sent.append(request.method))
        tab.fill("[name=first_name]", "Kim")
        tab.fill("[name=email]", "dan@example.com")
        tab.locator("main form button[type=submit]").dblclick()
        expect(tab.locator("#id_email_error")).to_be_visible()
        tab.fill("[name=email]", "kim@example.com")
        tab.locator("main form button[type=submit]").dblclick()
        tab.wait_for_url(re.compile(r"/people/\d+$"))
        assert sent.count("POST") == 2


def test_a_list_that_cannot_be_loaded_says_so_and_offers_to_try_again(window, mia):
    with window(mia, "/people") as (tab, _):
        tab.context.set_offline(True)
        tab.locator("#tabs a", has_text="Left").click()
        expect(tab.locator("#toasts")).to_contain_text("The server cannot be reached.")
        expect(tab.locator("tr[data-row]")).to_have_count(4)
        tab.context.set_offline(False)
        tab.locator("#toasts button", has_text="Try again").click()
        expect(tab.locator("tr[data-row]")).to_have_count(1)


def test_when_the_session_ended_what_was_typed_stays(window, mia):
    with window(mia, "/people/new") as (tab, _):
        tab.fill("[name=first_name]", "Bob")
        tab.fill("[name=email]", "bob@example.com")
        tab.context.clear_cookies(name="sessionid")
        tab.keyboard.press("Control+Enter")
        expect(tab.locator("#toasts")).to_contain_text("You have been signed out.")
        expect(tab.locator("[name=first_name]")).to_have_value("Bob")


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_on_a_phone_nothing_scrolls_sideways(window, mia, theme):
    with window(mia, "/people", width=390, theme=theme) as (tab, reports):
        for path in ("/people", f"/people/{mia.pk}", "/people/new", "/views", "/shortcuts"):
            tab.goto(path)
            tab.wait_for_load_state("networkidle")
            assert tab.evaluate("document.documentElement.scrollWidth - innerWidth") == 0
        assert tab.evaluate("document.documentElement.dataset.bsTheme") == theme
        assert reports == []

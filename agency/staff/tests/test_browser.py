"""The doors and the settings in Chromium, under the strict content policy."""

import re

import pytest
from playwright.sync_api import expect

from agency.staff.signin.tests.test_sign_in import code_of
from agency.ui.tests.chromium import chromium, window

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
__all__ = ["window"]
PASSWORD = "correct horse battery"
PAGES = (
    "",
    "/organisation",
    "/numbering",
    "/audit",
    "/staff",
    "/staff/new",
    "/roles",
    "/teams",
    "/departments",
    "/taxes",
    "/payment-modes",
    "/currencies",
    "/currencies/2",
    "/keys",
    "/keys/new",
    "/profile",
    "/security",
    "/security/password",
    "/security/confirm",
)


@pytest.mark.parametrize(("width", "theme"), [(1280, "light"), (390, "dark")])
def test_the_settings_break_no_policy_and_scroll_no_page_sideways(window, staff, width, theme):
    mia = staff(first_name="Mia", email="mia@example.com")
    with window(mia, "/settings", width=width, theme=theme) as (tab, reports):
        for path in (*PAGES, f"/staff/{mia.pk}"):
            tab.goto(f"/settings{path}")
            tab.wait_for_load_state("networkidle")
            assert (path, tab.evaluate("document.documentElement.scrollWidth")) == (path, width)
        assert reports == []


def test_a_person_signs_in_turns_on_codes_and_signs_in_with_one(
    live_server, transactional_db, staff
):
    staff("employee", email="mia@example.com", password=PASSWORD)
    with chromium() as browser:
        tab = browser.new_context(base_url=live_server.url).new_page()
        tab.goto("/settings/security/codes")
        tab.fill("[name=login]", "mia@example.com")
        tab.fill("[name=password]", PASSWORD)
        tab.keyboard.press("Enter")
        tab.fill("[name=password]", PASSWORD)  # once more, for the step that counts
        tab.keyboard.press("Enter")
        expect(tab.locator("img.qr")).to_be_visible()
        assert tab.evaluate("document.querySelector('img.qr').naturalWidth") > 0
        secret = tab.inner_text("[data-copy-text]").replace(" ", "")
        tab.fill("[name=code]", code_of(secret))
        tab.keyboard.press("Enter")
        expect(tab.locator("#codes li")).to_have_count(10)
        spare = tab.locator("#codes li").first.inner_text()

        tab.locator("header .dropdown > button").last.click()
        tab.locator("button", has_text="Sign out").click()
        tab.fill("[name=login]", "mia@example.com")
        tab.fill("[name=password]", PASSWORD)
        tab.keyboard.press("Enter")
        expect(tab).to_have_url(re.compile("/login/code$"))
        tab.fill("[name=code]", spare)
        tab.keyboard.press("Enter")
        expect(tab.locator("nav.side")).to_be_visible()


def test_the_rights_of_a_key_are_asked_only_where_it_is_narrowed(window, staff):
    mia = staff(email="mia@example.com")
    with window(mia, "/settings/keys/new") as (tab, reports):
        expect(tab.locator("[name=scope_time]")).to_be_hidden()
        tab.fill("[name=name]", "Zapier")
        tab.check("input[value=some]")
        tab.select_option("[name=scope_time]", "update")
        tab.keyboard.press("Control+Enter")
        expect(tab.locator("#secret")).to_have_text(re.compile(r"^pk_[\w-]{40,}$"))
        tab.locator("[data-do=copy]").click()
        expect(tab.locator("#said")).to_have_text(re.compile("Copied|Press Ctrl C"))
        assert reports == []
    assert mia.api_keys.get().scopes == {"time": "update"}


def test_a_level_is_changed_in_the_matrix(window, staff):
    mia = staff(email="mia@example.com")
    with window(mia, "/settings/roles") as (tab, reports):
        tab.get_by_label("Employee: Deals").select_option("update")
        tab.locator("button", has_text="Save roles").click()
        expect(tab.locator("#toasts")).to_contain_text("The roles are saved")
        expect(tab.get_by_label("Employee: Deals")).to_have_value("update")
        assert reports == []

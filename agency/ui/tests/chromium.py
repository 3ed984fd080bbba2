"""A real browser on the live server: import the fixture ``window`` into a conftest to use it."""

import shutil
from contextlib import contextmanager

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import sync_playwright

QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


@contextmanager
def chromium():
    """A browser for the length of a block; the database is for before and after it.

    Playwright runs an event loop in this thread, where Django refuses its database.
    """
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=list(QUIET)
        )
        yield browser
        browser.close()


@pytest.fixture
def window(live_server):
    """Let a test open pages as somebody: it gives (tab, reports) as a context.

    ``reports`` collects what the console says, breaches of the content policy among it.
    """

    @contextmanager
    def opened(person, path, width=1280, theme="light"):
        client = Client()
        client.force_login(person, backend="agency.staff.access.GrantBackend")
        session = client.cookies[settings.SESSION_COOKIE_NAME]
        cookie = {"name": session.key, "value": session.value, "url": live_server.url}
        with chromium() as browser:
            context = browser.new_context(
                base_url=live_server.url, viewport={"width": width, "height": 860}
            )
            context.add_cookies([cookie])
            context.add_init_script(f"localStorage.theme ??= '{theme}'")
            tab, reports = context.new_page(), []
            tab.set_default_timeout(10_000)
            tab.on("console", lambda said: said.type == "error" and reports.append(said.text))
            tab.on("pageerror", lambda error: reports.append(str(error)))
            tab.goto(path)
            tab.wait_for_load_state("networkidle")
            yield tab, reports

    return opened

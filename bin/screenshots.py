"""Take the README's pictures from a running demo: ``bin/screenshots.py http://127.0.0.1:8000``."""

import shutil
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

DOCS = Path(__file__).parents[1] / "docs"
# Each with its path, width and theme.
PAGES = [
    ("home", "/", 1280, "light"),
    ("invoices", "/invoices", 1280, "light"),
    ("invoice", "/invoices?tab=overdue", 1280, "dark"),
    ("budget", "/budgets?search=Website", 1280, "light"),
    ("approvals", "/time/approvals", 1280, "light"),
    ("week", "/time", 1280, "light"),
    ("customer", "/customers", 1280, "light"),
    ("project", "/projects", 1280, "dark"),
    ("phone", "/invoices", 390, "light"),
]
RECORDS = {"invoice", "budget", "customer", "project"}  # the first row of the list is opened
QUIET = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking"]


def main(address: str) -> None:
    DOCS.mkdir(exist_ok=True)
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=QUIET)
        context = chromium.new_context(base_url=address)
        tab = context.new_page()
        tab.goto("/login")
        tab.get_by_label("E-mail").fill("head@example.com")
        tab.get_by_label("Password").fill("demo-agency")
        tab.get_by_role("button", name="Sign in").click()
        for name, path, width, theme in PAGES:
            tab.set_viewport_size({"width": width, "height": 860})
            tab.evaluate(f"localStorage.theme = '{theme}'")
            tab.goto(path)
            if name in RECORDS:
                tab.locator("tr[data-row] a").first.click()
            tab.wait_for_load_state("networkidle")
            tab.wait_for_timeout(500)
            tab.screenshot(path=DOCS / f"{name}.png")
        chromium.close()


if __name__ == "__main__":
    main(sys.argv[1])

"""The small site of these tests, and its registries emptied afterwards."""

import pytest

from agency.ui import navigation, palette, panels, pickers
from agency.ui.tests.chromium import window

__all__ = ["window"]


@pytest.fixture(autouse=True)
def _site(settings, monkeypatch):
    settings.ROOT_URLCONF = "agency.ui.tests.site"
    for module, names in (
        (navigation, ["_entries", "_new_items", "_slots"]),
        (panels, ["_panels"]),
        (palette, ["_searchers", "_actions"]),
        (pickers, ["_pickers"]),
    ):
        for name in names:
            monkeypatch.setattr(module, name, {})


@pytest.fixture
def htmx():
    """The headers of a request that htmx sends for one part of the page."""

    def headers(target="list", trigger=""):
        return {"HX-Request": "true", "HX-Target": target, "HX-Trigger": trigger}

    return headers

"""A worker for what the tests ask for, and a browser."""

from functools import partial

import pytest

from agency.ui.tests.chromium import window

__all__ = ["window"]
PART = {"HX-Request": "true", "HX-Target": "list"}


@pytest.fixture
def worker(django_capture_on_commit_callbacks):
    """What is asked for inside the block is carried out at its end, as after a commit."""
    return partial(django_capture_on_commit_callbacks, execute=True)


@pytest.fixture
def press(page):
    """Press a button of the bulk bar for rows, or for all that match."""

    def send(person, path, action, rows=None, **typed):
        chosen = {"scope": "all"} if rows is None else {"row": [row.pk for row in rows]}
        return page(person).post(path, {"action": action, **chosen, **typed}, headers=PART)

    return send

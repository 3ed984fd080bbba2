"""A browser for the bell."""

from agency.ui.tests.chromium import window

__all__ = ["window"]

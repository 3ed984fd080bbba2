"""The browser side: shell, base pages, registries of menu, panels and search."""

from django.apps import AppConfig


class UiConfig(AppConfig):
    name = "agency.ui"
    label = "ui"
    verbose_name = "Pages"

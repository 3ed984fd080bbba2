"""The background engine: one Celery application, the slices' jobs, one list of periodic work."""

import os
from importlib import import_module
from pathlib import Path

from celery import Celery
from celery.signals import import_modules
from django.conf import settings

from agency import queue

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "agency.settings")

app = Celery("agency")
app.config_from_object("django.conf:settings", namespace="CELERY")

APPS = ("agency", "crm", "budgets", "billing")


def job_modules() -> list[str]:
    """The ``jobs`` module of every slice that has one."""
    root = settings.BASE_DIR
    files = (file for name in APPS for file in sorted((root / name).rglob("jobs.py")))
    return [".".join(file.relative_to(root).with_suffix("").parts) for file in files]


def schedule() -> dict:
    """All periodic work, from the ``SCHEDULE`` of each slice in Celery's own form."""
    entries = {}
    for name in job_modules():
        for title, entry in getattr(import_module(name), "SCHEDULE", {}).items():
            if title in entries:
                raise ValueError(f"Two slices schedule “{title}”; the second is {name}.")
            entries[title] = entry
    return entries


@import_modules.connect
def load_jobs(**kwargs) -> None:
    """Register every task in the worker and hand beat its schedule."""
    app.conf.beat_schedule = schedule()


def prepare_embedded_queue() -> None:
    """Make the folders of the ``filesystem://`` broker, which does not make them itself."""
    queue.install()
    options = getattr(settings, "CELERY_BROKER_TRANSPORT_OPTIONS", {})
    for name in ("data_folder_in", "data_folder_out", "control_folder"):
        if name in options:
            Path(options[name]).mkdir(parents=True, exist_ok=True)


prepare_embedded_queue()

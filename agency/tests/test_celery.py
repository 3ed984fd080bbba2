"""The background engine knows every slice's jobs, and each piece of periodic work once."""

import sys
from types import SimpleNamespace

import pytest

from agency import celery


def test_the_sweep_of_the_outbox_is_scheduled_and_its_task_is_known():
    names = {entry["task"] for entry in celery.schedule().values()}
    celery.app.loader.import_default_modules()
    assert "agency.records.outbox.jobs.sweep" in names
    assert names - set(celery.app.tasks) == set()


def test_two_slices_cannot_schedule_under_one_name(monkeypatch):
    for name in ("first", "second"):
        entries = {"nightly": {"task": name, "schedule": 60}}
        monkeypatch.setitem(sys.modules, name, SimpleNamespace(SCHEDULE=entries))
    monkeypatch.setattr(celery, "job_modules", lambda: ["first", "second"])
    with pytest.raises(ValueError, match="Two slices schedule “nightly”; the second is second"):
        celery.schedule()

"""Sixteen people issue at once: no number is missing, none is given twice."""

import json
import os
import subprocess
import sys

import pytest
from django.conf import settings

from agency.reference.models import NumberSeries
from agency.reference.numbering.tests import crowd


@pytest.mark.postgres
@pytest.mark.soak
@pytest.mark.django_db(transaction=True)
def test_numbers_stay_dense_under_a_rush_with_roll_backs(extent):
    NumberSeries.objects.get_or_create(
        key="invoice", defaults={"name": "Invoices", "pattern": "INV-{year}-{seq:05}"}
    )
    turns = extent(1000)
    assert crowd.verdict(crowd.rush("invoice", turns), turns) == crowd.PERFECT


@pytest.mark.soak
def test_numbers_stay_dense_on_sqlite_and_the_database_is_never_locked(extent, tmp_path):
    (tmp_path / "development").touch()
    environment = {
        "PATH": os.environ["PATH"],
        "VAR_DIR": str(tmp_path),
        "DATABASE_URL": f"sqlite:///{tmp_path / 'crowd.sqlite3'}",
        "DJANGO_SETTINGS_MODULE": "agency.settings",
        "PYTHONPATH": str(settings.BASE_DIR),
    }
    done = subprocess.run(
        [sys.executable, "-m", crowd.__name__, str(extent(1000))],
        env=environment,
        cwd=settings.BASE_DIR,
        capture_output=True,
        text=True,
        timeout=600,
        check=False,
    )
    assert "locked" not in done.stderr
    assert done.returncode == 0, done.stderr[-2000:]
    assert json.loads(done.stdout.splitlines()[-1]) == crowd.PERFECT

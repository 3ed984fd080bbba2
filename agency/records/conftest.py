"""Processes beside the test, on the same data."""

import json
import os
import sqlite3
import subprocess
import sys

import pytest
from django.conf import settings
from django.db import connection


@pytest.fixture
def address(transactional_db, tmp_path):
    """The test's database as other processes reach it; one in memory is copied to a file."""
    if connection.vendor == "postgresql":
        given = connection.settings_dict
        password = f":{given['PASSWORD']}" if given["PASSWORD"] else ""
        place = f"{given['HOST'] or '127.0.0.1'}:{given['PORT'] or 5432}"
        return f"postgres://{given['USER']}{password}@{place}/{given['NAME']}"
    connection.ensure_connection()
    copy = sqlite3.connect(tmp_path / "copy.sqlite3")
    connection.connection.backup(copy)
    copy.close()
    return f"sqlite:///{tmp_path / 'copy.sqlite3'}"


@pytest.fixture
def drill(address, tmp_path):
    """Run a script of a slice in its own process; what it prints, read as JSON."""

    def run(name: str, *arguments: str):
        done = subprocess.run(
            [sys.executable, "-m", f"agency.records.{name}", *arguments],
            capture_output=True,
            text=True,
            check=False,
            cwd=settings.BASE_DIR,
            env={
                **os.environ,
                "DATABASE_URL": address,
                "CELERY_BROKER_URL": "filesystem://",
                "DEBUG": "1",
                "DJANGO_SETTINGS_MODULE": "agency.settings",
                "VAR_DIR": str(tmp_path),
            },
        )
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)

    return run

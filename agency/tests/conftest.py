"""What the tests of whole processes need."""

import sqlite3

import pytest
from django.db import connection


@pytest.fixture
def database_url(transactional_db, tmp_path):
    """The test's database as another process reaches it; SQLite's is copied."""
    if connection.vendor == "postgresql":
        told = connection.settings_dict
        login = f"{told['USER']}:{told['PASSWORD']}@{told['HOST']}:{told['PORT']}"
        return f"postgres://{login}/{told['NAME']}"
    file = tmp_path / "copy.sqlite3"
    with sqlite3.connect(file) as copy:
        connection.ensure_connection()
        connection.connection.backup(copy)
    return f"sqlite:///{file}"

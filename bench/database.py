"""The database to measure on: 100,000 invoices, 200,000 time entries, 50,000 customers."""

import os
import subprocess
import sys
from pathlib import Path

import psycopg
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict

DEFAULT_URL = "postgres://postgres@127.0.0.1:5432/agency_bench"
MANAGE = Path(__file__).resolve().parent.parent / "manage.py"


def prepare(url: str, folder: Path) -> None:
    """Create, migrate and load what is missing; leave the planner's figures fresh."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "static").mkdir(exist_ok=True)
    create(url)
    manage(url, folder, "migrate", "-v", "0")
    if not is_loaded(url):
        manage(url, folder, "demo", "--scale", "1")
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("VACUUM (ANALYZE)")


def create(url: str) -> None:
    name = conninfo_to_dict(url)["dbname"]
    with psycopg.connect(url, dbname="postgres", autocommit=True) as connection:
        found = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name])
        if not found.fetchone():
            connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))


def is_loaded(url: str) -> bool:
    with psycopg.connect(url) as connection:
        found = connection.execute(
            "SELECT 1 FROM billing_invoice WHERE number LIKE 'BULK-%' LIMIT 1"
        )
        return found.fetchone() is not None


def manage(url: str, folder: Path, *words: str) -> None:
    """Run a command in development mode: the demo agency is made nowhere else."""
    values = os.environ | {"DATABASE_URL": url, "VAR_DIR": str(folder), "DEBUG": "1"}
    subprocess.run([sys.executable, str(MANAGE), *words], env=values, check=True)  # noqa: S603

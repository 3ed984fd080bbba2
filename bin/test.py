"""Everything that must hold, leg by leg; says at the end which legs ran and how long each took.

With ``REQUIRE_ALL=1`` a leg that did not run is a failure. ``SOAK=1`` runs the long forms. Names of
legs as arguments run only those.
"""

import os
import shutil
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BIN = ROOT / ".venv" / "bin"
REQUIRE_ALL = os.environ.get("REQUIRE_ALL") == "1"
SOAK = os.environ.get("SOAK") == "1"
POSTGRES = os.environ.get("TEST_DATABASE_URL", "postgres://postgres@127.0.0.1:5432/test")
REDIS = os.environ.get("REDIS_URL", "redis://127.0.0.1:6379/0")
NOTHING_COLLECTED = 5  # pytest's exit code
# A developer's own settings, which do not change what the tests see.
OURS = {"DATABASE_URL", "CELERY_BROKER_URL", "CACHE_URL", "EMAIL_URL", "SECRET_KEY"}
PYTEST = ["pytest", "-q", "-n", "2", "--dist", "worksteal"]
MIGRATIONS = ["python", "manage.py", "makemigrations", "--check", "--dry-run"]


@dataclass(frozen=True)
class Leg:
    """One kind of check: its commands, what they need, the environment they run in."""

    name: str
    commands: list[list[str]]
    environment: dict[str, str]
    missing: str = ""  # why it cannot run here


def legs() -> list[Leg]:
    suite = "not browser and not redis"
    memory = {"DATABASE_URL": "sqlite://"}
    return [
        Leg("lint", [["ruff", "check", "."], ["ruff", "format", "--check", "."]], {}),
        Leg("migrations", [MIGRATIONS], memory),
        Leg("types", [["mypy", *typed_files()]], memory),
        Leg("sqlite", [[*PYTEST, "-m", suite]], memory),
        Leg("postgresql", [[*PYTEST, "-m", suite]], {"DATABASE_URL": POSTGRES}, no_postgres()),
        Leg("redis", [["pytest", "-q", "-m", "redis"]], memory | {"REDIS_URL": REDIS}, no_redis()),
        Leg("browser", [["pytest", "-q", "-m", "browser"]], memory, no_chromium()),
    ]


def typed_files() -> list[str]:
    """Where a wrong type costs money: arithmetic, moves, and everything that writes."""
    apps = ("agency", "crm", "budgets", "billing")
    writers = (file for app in apps for file in sorted((ROOT / app).rglob("operations.py")))
    arithmetic = ["agency/money.py", "agency/sql.py", "agency/workflow.py"]
    return arithmetic + [str(file.relative_to(ROOT)) for file in writers]


def no_postgres() -> str:
    import psycopg

    try:
        psycopg.connect(POSTGRES.rpartition("/")[0] + "/postgres", connect_timeout=3).close()
    except psycopg.Error:
        return f"no PostgreSQL answers at {POSTGRES}"
    return ""


def no_redis() -> str:
    import redis

    try:
        redis.Redis.from_url(REDIS, socket_connect_timeout=3).ping()
    except redis.RedisError:
        return f"no Redis answers at {REDIS}"
    return ""


def no_chromium() -> str:
    return "" if shutil.which("chromium") else "there is no Chromium"


def run(leg: Leg) -> str:
    """Run a leg and say how it went."""
    clean = {name: value for name, value in os.environ.items() if name not in OURS}
    environment = clean | {"DEBUG": "1"} | leg.environment
    for command in leg.commands:
        print(f"\n=== {leg.name}: {' '.join(command[:6])}", flush=True)
        done = subprocess.run([BIN / command[0], *command[1:]], env=environment, cwd=ROOT)
        if done.returncode == NOTHING_COLLECTED and command[0] == "pytest":
            return "not run: it has no tests"
        if done.returncode:
            return "FAILED"
    return "ok"


def main() -> int:
    results = []
    for leg in legs():
        if sys.argv[1:] and leg.name not in sys.argv[1:]:
            continue
        started = time.monotonic()
        word = f"not run: {leg.missing}" if leg.missing else run(leg)
        results.append((leg.name, word, time.monotonic() - started))
    print(f"\nLegs{' (long forms)' if SOAK else ''}:")
    for name, word, seconds in results:
        print(f"  {name:<12} {word:<40} {seconds:7.1f} s")
    bad = [word for _, word, _ in results if word == "FAILED" or (REQUIRE_ALL and word != "ok")]
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())

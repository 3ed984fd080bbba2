"""``make bench``: how long the common work takes, as ratios to hand-written SQL in the same run.

One process, settings as on a server, everything warm; the product and the hand-written SQL take
turns, so that what else the machine does falls on both. A ratio is one of medians.
"""

import os
import sys
import time
from pathlib import Path
from statistics import median

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from bench import database  # noqa: E402

WARM = 8


def main() -> None:
    url = os.environ.get("BENCH_DATABASE_URL", database.DEFAULT_URL)
    folder = Path(os.environ.get("VAR_DIR", ROOT / "var")).resolve() / "bench"
    database.prepare(url, folder)
    os.environ |= {
        "DJANGO_SETTINGS_MODULE": "agency.settings",
        "DATABASE_URL": url,
        "VAR_DIR": str(folder),
        "DEBUG": "0",
        "SECRET_KEY": "measured-in-one-process-and-never-served-to-anybody",
        "ALLOWED_HOSTS": "127.0.0.1",
        "SECURE_SSL_REDIRECT": "0",
        "API_RATE_LIMIT": "0",
    }
    import django  # noqa: PLC0415 the settings come first

    django.setup()
    from bench import report  # noqa: PLC0415

    text = report.table(*measured(url))
    print(text)  # noqa: T201
    report.write(text)


def measured(url: str) -> tuple[list, float]:
    """The results, and the memory once each work was done: before anything is done by hand."""
    from agency.reference import organisation  # noqa: PLC0415 Django is ready now
    from agency.staff import keys  # noqa: PLC0415
    from agency.staff.models import Staff  # noqa: PLC0415
    from bench import caller, raw, works  # noqa: PLC0415

    by = Staff.objects.get(email="executive@example.com")
    key, secret = keys.create(by, name="bench", by=by)
    connection = raw.connected(url)
    by_hand = raw.Raw(connection, today=organisation.today(), staff=by.pk)
    try:
        todo = works.works(caller.Caller(secret), by_hand, by)
        for work in todo:
            timed(work.ours)
        loaded = megabytes()
        return [run(work) for work in todo], loaded
    finally:
        connection.close()
        keys.revoke(key, by=by)


def run(work):
    """Warm both up, then let them take turns."""
    from bench.report import Result  # noqa: PLC0415

    ours, raw = [], []
    for turn in range(-WARM, work.rounds):
        work.before()
        spent = timed(work.ours)
        by_hand = timed(work.raw) if work.raw else None
        if turn >= 0:
            ours.append(spent)
            raw.append(by_hand)
    middle = median(raw) if work.raw else None
    return Result(work.name, middle, median(ours), work.goal, statements(work.ours))


def timed(do) -> float:
    """Milliseconds of one call, which must succeed."""
    start = time.perf_counter()
    answer = do()
    spent = (time.perf_counter() - start) * 1000
    if getattr(answer, "status", 200) >= 300:
        raise SystemExit(f"{answer.status}: {answer.body[:500]}")
    return spent


def statements(do) -> int:
    from django.db import connection  # noqa: PLC0415

    seen = []

    def noted(execute, sql, params, many, context):
        seen.append(sql)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(noted):
        do()
    return len(seen)


def megabytes() -> float:
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 2**20


if __name__ == "__main__":
    main()

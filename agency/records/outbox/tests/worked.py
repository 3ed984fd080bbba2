"""Two real workers on the queue in a folder: the first is killed, the second does the rest.

Run as ``python -m agency.records.outbox.tests.worked`` with ``DATABASE_URL`` and ``VAR_DIR``.
"""

import json
import re
import subprocess
import sys
from collections import Counter
from datetime import timedelta
from pathlib import Path
from threading import Event
from time import monotonic

import django

ASKED = 60
PATIENCE = 60  # seconds
WORKER = "-A agency.celery worker --pool threads --concurrency 2 --loglevel ERROR"


def start_worker() -> subprocess.Popen:
    return subprocess.Popen(
        [sys.executable, "-m", "celery", *WORKER.split()],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


def wait_until(reached) -> None:
    tick, end = Event(), monotonic() + PATIENCE
    while not reached():
        if monotonic() > end:
            raise TimeoutError
        tick.wait(0.02)


def received(folder: Path) -> list[int]:
    """The numbers of the parcels whose mail arrived, each once."""
    text = "".join(file.read_text() for file in folder.glob("*"))
    return sorted(
        {int(number) for number in re.findall(r"^Subject: Parcel (\d+)$", text, re.MULTILINE)}
    )


def drill() -> dict:
    from django.conf import settings
    from django.db import transaction
    from django.utils import timezone

    from agency.documents import mail
    from agency.records.outbox import jobs
    from agency.records.outbox.models import Effect

    def count(state: str) -> int:
        return Effect.objects.filter(state=state).count()

    for number in range(ASKED):
        with transaction.atomic():
            mail.send("kim@example.com", f"Parcel {number}", "Here it is.")
    worker = start_worker()
    wait_until(lambda: count("done") >= 3)
    worker.kill()
    worker.wait()
    before, left = count("done"), ASKED - count("done")
    past = timezone.now() - timedelta(hours=1)
    Effect.objects.filter(state="running").update(leased_until=past)
    Effect.objects.update(queued_at=past)
    jobs.sweep()
    worker = start_worker()
    wait_until(lambda: count("done") == ASKED)
    worker.kill()
    worker.wait()
    return {
        "asked": ASKED,
        "sent_before_the_death": before,
        "left_by_the_death": left,
        "states": Counter(Effect.objects.values_list("state", flat=True)),
        "received": received(Path(settings.EMAIL_FILE_PATH)),
    }


if __name__ == "__main__":
    django.setup()
    sys.stdout.write(json.dumps(drill()))

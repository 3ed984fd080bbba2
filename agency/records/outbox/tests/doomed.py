"""Workers that die at chosen points, each a process of its own; prints what became of it.

Run as ``python -m agency.records.outbox.tests.doomed NOTEBOOK`` with ``DATABASE_URL``. The
notebook stands for the other side: each parcel that arrives adds its key as a line.
"""

import json
import os
import sys
from datetime import timedelta
from pathlib import Path
from unittest.mock import patch

import django

DEAD = 9
POINTS = {
    "before the claim": ("claim", "instead"),
    "after the claim": ("claim", "after"),
    "before the effect": ("carry_out", "instead"),
    "in the middle of the effect": ("", "inside"),
    "after the effect": ("carry_out", "after"),
    "before it is noted": ("settle", "instead"),
    "after it is noted": ("settle", "after"),
    "nowhere": ("", ""),
}


def die(*args, **kwargs):
    os._exit(DEAD)


def then_die(function):
    def call(*args, **kwargs):
        function(*args, **kwargs)
        os._exit(DEAD)

    return call


def work(point: str, pk: int) -> None:
    """Deliver an effect as a worker that is bound to die at ``point``."""
    from agency.records.outbox import delivery

    name, when = POINTS[point]
    if name:
        own = getattr(delivery, name)
        setattr(delivery, name, die if when == "instead" else then_die(own))
    os.environ["DIE_INSIDE"] = "1" if when == "inside" else ""
    delivery.deliver(pk)
    os._exit(0)


def in_a_process(point: str, pk: int) -> int:
    """The exit code of a worker of its own."""
    from django.db import connections

    connections.close_all()
    child = os.fork()
    if child == 0:
        work(point, pk)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def drill(notebook: Path) -> dict:
    from django.db import transaction
    from django.utils import timezone

    from agency.celery import app
    from agency.records.outbox import handlers, jobs, operations
    from agency.records.outbox.models import Effect

    def arrive(effect) -> None:
        with notebook.open("a") as lines:
            lines.write(f"{effect.stable_key}\n")
        if os.environ.get("DIE_INSIDE"):
            die()

    handlers.handler("parcel")(arrive)
    app.conf.task_always_eager = True
    with transaction.atomic(), patch.object(operations, "publish"):
        asked = {point: operations.enqueue("parcel", {}, key=point).pk for point in POINTS}
    codes = {point: in_a_process(point, pk) for point, pk in asked.items()}
    after_deaths = dict(Effect.objects.values_list("key", "state"))
    past = timezone.now() - timedelta(hours=1)
    Effect.objects.filter(state="running").update(leased_until=past)
    Effect.objects.update(queued_at=past)
    jobs.sweep()
    return {
        "codes": codes,
        "after_deaths": after_deaths,
        "in_the_end": dict(Effect.objects.values_list("key", "state")),
        "arrived": notebook.read_text().splitlines(),
    }


if __name__ == "__main__":
    django.setup()
    sys.stdout.write(json.dumps(drill(Path(sys.argv[1]))))

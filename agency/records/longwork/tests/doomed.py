"""Workers that die at chosen points of long work, each a process of its own.

Run as ``python -m agency.records.longwork.tests.doomed`` with ``DATABASE_URL``. Each row is a
parcel: taking its step tells its person of it. Prints who was told how often.
"""

import json
import os
import sys
from datetime import timedelta
from unittest.mock import patch

import django

DEAD = 9
PARCELS = 5
# Which function of a turn the worker dies at, and whether before it, behind it or inside the step.
POINTS = {
    "before the first step": ("go_through", "instead"),
    "in the middle of a step": ("", "inside"),
    "before a step is counted": ("note", "instead"),
    "when a step is counted, before the commit": ("note", "after"),
    "after the commit of a step": ("has_time", "instead"),
    "before the end is noted": ("finish", "instead"),
    "when the end is noted, before the commit": ("finish", "after"),
    "after the end": ("go_through", "after"),
    "nowhere": ("", ""),
}


def die(*args, **kwargs):
    os._exit(DEAD)


def then_die(function):
    def call(*args, **kwargs):
        function(*args, **kwargs)
        os._exit(DEAD)

    return call


def work(point: str, effect_id: int) -> None:
    """Take a turn as a worker that is bound to die at ``point``."""
    from agency.records.longwork import operations, turns
    from agency.records.outbox import delivery

    name, when = POINTS[point]
    if name:
        home = operations if name in {"note", "finish"} else turns
        own = getattr(home, name)
        setattr(home, name, die if when == "instead" else then_die(own))
    os.environ["DIE_INSIDE"] = "1" if when == "inside" else ""
    delivery.deliver(effect_id)
    os._exit(0)


def in_a_process(point: str, effect_id: int) -> int:
    """The exit code of a worker of its own."""
    from django.db import connections

    connections.close_all()
    child = os.fork()
    if child == 0:
        work(point, effect_id)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def drill() -> dict:
    from django.contrib.auth import get_user_model
    from django.utils import timezone

    from agency.celery import app
    from agency.records.longwork import kinds, operations
    from agency.records.longwork.models import LongWork
    from agency.records.notices import operations as notices
    from agency.records.notices.models import Notice
    from agency.records.outbox import jobs
    from agency.records.outbox import operations as outbox
    from agency.records.outbox.models import Effect
    from agency.ui.bulk import Outcome, Refusal

    @kinds.by_steps("parcels")
    def take(work, data) -> Outcome:
        notices.tell([work.requested_by], "task", data)
        if os.environ.get("DIE_INSIDE"):
            die()
        if data.endswith("3"):
            return Outcome(0, [Refusal(data, "Nobody opens.")])
        return Outcome(1, [])

    people = get_user_model().objects
    anna = people.create_user(email="anna@example.com", password=None, first_name="Anna")
    with patch.object(outbox, "publish"):
        asked = {
            point: operations.start(
                "parcels",
                point,
                by=anna,
                total=PARCELS,
                steps=[f"{point} {number}" for number in range(PARCELS)],
            )
            for point in POINTS
        }
    app.conf.task_always_eager = True
    effects = {one.payload["work"]: one.pk for one in Effect.objects.all()}
    codes = {point: in_a_process(point, effects[one.pk]) for point, one in asked.items()}
    left = {one.title: one.steps.count() for one in LongWork.objects.all()}
    past = timezone.now() - timedelta(hours=1)
    Effect.objects.filter(state="running").update(leased_until=past)
    Effect.objects.update(queued_at=past)
    jobs.sweep()
    told = list(Notice.objects.filter(kind="task").values_list("text", flat=True))
    return {
        "codes": codes,
        "left": left,
        "states": dict(LongWork.objects.values_list("title", "state")),
        "counts": {one.title: [one.done, one.refused] for one in LongWork.objects.all()},
        "told": sorted(told),
        "ends": Notice.objects.filter(kind="work").count(),
    }


if __name__ == "__main__":
    django.setup()
    sys.stdout.write(json.dumps(drill()))

"""Workers that are killed at chosen points on the way into Xero, each a process of its own.

Run as ``python -m billing.bookkeeping.tests.doomed``; reads {point: effect} and prints
{point: exit code}, both as JSON. Xero's address comes from the environment.
"""

import json
import os
import signal
import sys

import django

KILLED = -signal.SIGKILL
POINTS = {
    "after the claim": ("delivery", "claim", "after"),
    "before the contact is made": ("client", "create_contact", "before"),
    "after the contact is made": ("client", "create_contact", "after"),
    "before the look-up": ("client", "invoices_by_number", "before"),
    "after the look-up": ("client", "invoices_by_number", "after"),
    "before the key is kept": ("posted", "begin", "before"),
    "before the invoice is made": ("client", "create_invoice", "before"),
    "before the answer is kept": ("client", "create_invoice", "after"),
    "after its id is kept": ("posted", "keep_id", "after"),
    "before it is read again": ("client", "invoice", "before"),
    "after it is read again": ("client", "invoice", "after"),
    "after it is done": ("posted", "check", "after"),
    "after the effect is settled": ("delivery", "settle", "after"),
}


def die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def doom(point: str) -> None:
    """Have this process killed when it comes to ``point``."""
    from agency.records.outbox import delivery
    from billing.bookkeeping import posted
    from billing.xero.client import Client

    where, name, when = POINTS[point]
    place = {"delivery": delivery, "posted": posted, "client": Client}[where]
    own = getattr(place, name)

    def call(*args, **kwargs):
        if when == "after":
            own(*args, **kwargs)
        die()

    setattr(place, name, call)


def killed(point: str, pk: int) -> int:
    """The exit code of a worker that carries out one effect."""
    from django.db import connections

    from agency.records.outbox import delivery

    connections.close_all()
    child = os.fork()
    if child == 0:
        doom(point)
        delivery.deliver(pk)
        os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


if __name__ == "__main__":
    django.setup()
    codes = {point: killed(point, pk) for point, pk in json.load(sys.stdin).items()}
    sys.stdout.write(json.dumps(codes))

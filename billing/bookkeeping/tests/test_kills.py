"""A worker may be killed at any point: each invoice and each contact is in Xero once."""

import json
import os
import subprocess
import sys
import uuid
from collections import Counter
from datetime import timedelta

import pytest
from django.conf import settings as ours
from django.db import connection
from django.utils import timezone

from agency.records.outbox import operations as outbox
from agency.records.outbox.models import Effect
from billing.bookkeeping import posted, pushing, steps
from billing.bookkeeping.models import Posting
from billing.bookkeeping.tests.doomed import KILLED, POINTS
from billing.invoices.models import Invoice
from billing.invoices.tests.factories import make_customer, make_issued
from billing.xero.models import Call
from billing.xero.simulator import invoices as theirs
from billing.xero.simulator.replay import Replay

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]
SHARED = ("XERO_API_URL", "XERO_IDENTITY_URL", "XERO_LOGIN_URL", "XERO_CLIENT_ID", "XERO_GRANT")


@pytest.fixture
def forgetful(xero, settings, monkeypatch):
    """A Xero that would not notice a number used twice: what holds is our own doing.

    Its minute is short, for all these calls are more than it takes in one.
    """
    xero.limits.minute = settings.XERO_MINUTE_SECONDS = 1
    monkeypatch.setattr(theirs, "require_unique", lambda books, number: None)
    return xero


@pytest.fixture
def asked(forgetful, staff):
    """An invoice for each point, of a customer of its own: {point: effect}."""
    clerk, effects = staff(invoices="update"), {}
    for point in POINTS:
        invoice = make_issued(clerk, customer=make_customer(name=f"Killed {point}"))
        effects[point] = pushing.ask(invoice, by=clerk).pk
    return effects


def kill(effects: dict[str, int], settings, tmp_path) -> dict[str, int]:
    """Let a worker of its own die over each effect; their exit codes."""
    given = connection.settings_dict
    user = f"{given['USER']}:{given['PASSWORD']}" if given["PASSWORD"] else given["USER"]
    place = f"{given['HOST'] or '127.0.0.1'}:{given['PORT'] or 5432}"
    environment = {
        **os.environ,
        **{name: getattr(settings, name) for name in SHARED},
        "XERO_CLIENT_SECRET": settings.XERO_CLIENT_SECRET,
        "XERO_IS_SIMULATED": "1",
        "XERO_MINUTE_SECONDS": "1",
        "SECRET_KEY": settings.SECRET_KEY,
        "DATABASE_URL": f"postgres://{user}@{place}/{given['NAME']}",
        "CELERY_BROKER_URL": "filesystem://",
        "DEBUG": "1",
        "DJANGO_SETTINGS_MODULE": "agency.settings",
        "VAR_DIR": str(tmp_path),
    }
    done = subprocess.run(
        [sys.executable, "-m", "billing.bookkeeping.tests.doomed"],
        input=json.dumps(effects),
        capture_output=True,
        text=True,
        check=False,
        cwd=ours.BASE_DIR,
        env=environment,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def carry_on(effects: dict[str, int]) -> None:
    """What the dead held is free again, and another worker takes it up."""
    past = timezone.now() - timedelta(hours=1)
    Effect.objects.filter(state=Effect.State.RUNNING).update(leased_until=past)
    Call.objects.filter(finished_at=None).update(lease_until=past)  # their places at Xero
    for pk in effects.values():
        outbox.deliver(pk)
    left = Effect.objects.filter(pk__in=effects.values()).exclude(state=Effect.State.DONE)
    assert list(left) == []


def numbers_in(xero) -> Counter:
    return Counter(one["InvoiceNumber"] for one in xero.books.invoices.values())


def test_nothing_is_lost_or_doubled_wherever_a_worker_is_killed(
    forgetful, asked, settings, tmp_path
):
    assert kill(asked, settings, tmp_path) == dict.fromkeys(POINTS, KILLED)
    forgetful.replay = Replay(forgetful.minute)  # the minutes in which it knows a key are over
    carry_on(asked)
    ours = dict(Invoice.objects.values_list("number", "xero_invoice_id"))
    assert numbers_in(forgetful) == dict.fromkeys(ours, 1)
    assert ours == {one["InvoiceNumber"]: pk for pk, one in forgetful.books.invoices.items()}
    names = Counter(one["Name"] for one in forgetful.books.contacts.values())
    assert {f"Killed {point}": 1 for point in POINTS}.items() <= names.items()
    assert set(Posting.objects.values_list("state", flat=True)) == {Posting.State.DONE}
    assert set(Effect.objects.filter(kind=pushing.KIND).values_list("state", flat=True)) == {"done"}


def test_a_blind_retry_would_be_found_out(forgetful, asked, settings, tmp_path, monkeypatch):
    """Without the look-up and with a new key the same deaths leave an invoice twice."""
    point = "before the answer is kept"
    kill({point: asked[point]}, settings, tmp_path)
    monkeypatch.setattr(steps, "found", lambda draft, posting, way: None)
    monkeypatch.setattr(posted, "key_of", lambda posting: uuid.uuid4().hex)
    carry_on({point: asked[point]})
    assert set(numbers_in(forgetful).values()) == {2}

"""Xero's limits are kept before Xero has to say so, and the way is closed when it does."""

from datetime import timedelta
from threading import Barrier

import pytest
from django.db import connection as db
from django.utils import timezone

from agency.tests.racing import race
from billing.xero import breaker, health, limits
from billing.xero.answers import Answer
from billing.xero.errors import LimitedError, XeroUnavailableError
from billing.xero.gateway import gateway
from billing.xero.models import Call, Connection
from billing.xero.tests.conftest import TENANT

API = "/api.xro/2.0"


@pytest.fixture
def connection(connected):
    return connected()


def take(connection, *, patience=0):
    return limits.take(connection, "GET", "Invoices", seconds=1, patience=patience)


def called(*, ago: float = 1, finished: bool = True, **values) -> Call:
    """A call that ended so many seconds ago."""
    at = timezone.now() - timedelta(seconds=ago)
    values = {"started_at": at, "lease_until": at + timedelta(seconds=7)} | values
    end = at if finished else None
    return Call.objects.create(
        tenant_id=TENANT, method="GET", what="Invoices", finished_at=end, **values
    )


def test_a_call_is_written_down_with_what_it_is_about(connection, staff):
    person = staff()
    with limits.about(person):
        call = take(connection)
    limits.finish(call, Answer(200, {"Xero-Correlation-Id": "r-9"}, b""))
    call.refresh_from_db()
    assert (call.subject_type, call.subject_id) == ("staff", person.pk)
    assert (call.status, call.request_id, call.message) == (200, "r-9", "")
    assert take(connection).subject_type == ""


def test_the_minute_is_full_until_its_oldest_call_is_a_minute_old(connection, settings):
    settings.XERO_MINUTE_LIMIT = 2
    called(ago=50)
    called(ago=10)
    with pytest.raises(LimitedError) as caught:
        take(connection)
    assert caught.value.problem == "minute"
    assert 9 <= caught.value.retry_after <= 11
    Call.objects.update(finished_at=timezone.now() - timedelta(seconds=61))
    take(connection)


def test_a_call_whose_process_died_counts_until_a_minute_after_its_lease(connection, settings):
    settings.XERO_MINUTE_LIMIT = 1
    lost = called(ago=40, finished=False)
    with pytest.raises(LimitedError):
        take(connection)
    Call.objects.filter(pk=lost.pk).update(lease_until=timezone.now() - timedelta(seconds=61))
    take(connection)


def test_only_so_many_run_at_once(connection, settings):
    settings.XERO_CONCURRENT_LIMIT = 2
    first, _ = take(connection), take(connection)
    with pytest.raises(LimitedError) as caught:
        take(connection)
    assert caught.value.problem == "concurrent"
    limits.finish(first, None)
    take(connection)


def test_the_day_is_utcs_and_has_its_own_limit(connection, settings):
    settings.XERO_DAY_LIMIT = 1
    called(started_at=timezone.now())
    with pytest.raises(LimitedError) as caught:
        take(connection)
    assert (caught.value.problem, caught.value.retry_after <= 24 * 3600) == ("day", True)
    Call.objects.update(started_at=timezone.now() - timedelta(days=1))
    take(connection)


def test_what_xero_says_is_left_of_the_day_counts(connection):
    limits.finish(take(connection), Answer(200, {"X-DayLimit-Remaining": "0"}, b""))
    with pytest.raises(LimitedError, match="for today"):
        take(connection)
    connection.refresh_from_db()
    assert health.of(connection).left_today == 0


def test_the_day_limit_of_xero_closes_the_way_until_it_reopens(connection, script):
    headers = {"X_Rate_Limit_Problem": "day", "Retry_After": 3600, "X_DayLimit_Remaining": 0}
    script.says(f"{API}/Accounts", b"", status=429, **headers)
    for _ in range(3):
        with pytest.raises(LimitedError) as caught:
            gateway().accounts()
        assert caught.value.problem == "day"
        assert 3598 <= caught.value.retry_after <= 3601
    assert len(script.asked) == 1
    Connection.objects.update(closed_off_until=timezone.now(), day_limit_remaining=None)
    script.queues.clear()
    script.says(f"{API}/Accounts", {"Accounts": []})
    assert gateway().accounts() == []


def test_failures_in_a_row_close_the_way_for_longer_and_longer(connection, script):
    script.says(f"{API}/Accounts", b"<html>", status=503)
    pauses = []
    for _ in range(breaker.PATIENCE + 2):
        with pytest.raises(XeroUnavailableError):
            gateway().accounts()
        until = Connection.objects.get().closed_off_until
        pauses.append(round((until - timezone.now()).total_seconds()) if until else 0)
        Connection.objects.update(closed_off_until=timezone.now() if until else None)
    assert pauses == [0, 0, 0, 0, 15, 30, 60]


def test_while_the_way_is_closed_nobody_calls_and_one_success_opens_it(connection, script):
    breaker.note_failure(connection)
    Connection.objects.update(failures=9)
    breaker.note_failure(connection)
    with pytest.raises(XeroUnavailableError, match="several times in a row") as caught:
        gateway().accounts()
    assert caught.value.sent is False
    assert script.asked == []
    Connection.objects.update(closed_off_until=timezone.now())
    script.says(f"{API}/Accounts", {"Accounts": []})
    gateway().accounts()
    row = Connection.objects.get()
    assert (row.failures, row.closed_off_until, row.closed_off_because) == (0, None, "")


def test_old_calls_are_dropped_after_thirty_days(connection):
    called(ago=31 * 24 * 3600)
    kept = called(ago=29 * 24 * 3600)
    assert limits.drop_old(timezone.now()) == 1
    assert list(Call.objects.all()) == [kept]


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_many_processes_together_keep_the_limits(connected, settings):
    connection = connected()
    settings.XERO_MINUTE_LIMIT, settings.XERO_CONCURRENT_LIMIT = 12, 5

    together = Barrier(8)

    def work(_):
        db.ensure_connection()
        together.wait(timeout=60)
        for _ in range(3):
            limits.finish(take(connection, patience=2), None)

    results = race(8, work)
    full = [one for one in results if isinstance(one, LimitedError)]
    assert {one.problem for one in full} == {"minute"}
    assert Call.objects.count() == 12
    assert all(one is None or isinstance(one, LimitedError) for one in results)

"""Tokens: sealed at rest, refreshed once for all, never lost, and given up only for good."""

from datetime import timedelta

import pytest
from django.core import mail
from django.db import transaction
from django.utils import timezone

from agency.records.history import history_of
from agency.records.notices.models import Notice
from agency.tests.racing import race
from billing.xero import jobs, sealing, tokens, turns
from billing.xero.errors import LimitedError, ReconnectNeededError, XeroUnavailableError
from billing.xero.gateway import gateway, is_connected
from billing.xero.models import Connection

API = "/api.xro/2.0"
PAIR = {"access_token": "access-2", "refresh_token": "refresh-2", "expires_in": 1800}


def held() -> dict:
    return sealing.unseal(Connection.objects.get().tokens)


def in_minutes(minutes: int):
    return timezone.now() + timedelta(minutes=minutes)


def test_tokens_are_sealed_and_open_with_an_older_secret(settings):
    sealed = sealing.seal({"access": "secret-a"})
    assert b"secret-a" not in sealed
    assert sealing.unseal(sealed) == {"access": "secret-a"}
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "another", [settings.SECRET_KEY]
    assert sealing.unseal(sealed) == {"access": "secret-a"}
    settings.SECRET_KEY_FALLBACKS = []
    assert sealing.unseal(sealed) == {}


def test_a_token_that_lives_is_used_as_it_is(connected, script):
    connected()
    assert tokens.access_token() == "access-1"
    assert script.asked == []


def test_a_token_is_refreshed_some_minutes_early_and_the_pair_is_kept(connected, script):
    connected(expires_at=in_minutes(4))
    script.says("/connect/token", PAIR)
    assert tokens.access_token() == "access-2"
    (asked,) = script.asked
    assert asked.body == b"grant_type=refresh_token&refresh_token=refresh-1"
    assert asked.headers["authorization"].startswith("Basic ")
    assert held() == {"access": "access-2", "refresh": "refresh-2"}
    assert Connection.objects.get().expires_at > in_minutes(29)


def test_a_lost_answer_leaves_the_old_pair_which_still_works(connected, script):
    connected(expires_at=in_minutes(-1))
    script.says("/connect/token", b'{"access_tok', Content_Length=500, Connection="close")
    script.says("/connect/token", PAIR)
    with pytest.raises(XeroUnavailableError) as caught:
        tokens.access_token()
    assert caught.value.sent is False
    assert held() == {"access": "access-1", "refresh": "refresh-1"}
    assert tokens.access_token() == "access-2"
    assert [one.body for one in script.asked] == [script.asked[0].body] * 2


def test_a_withdrawn_consent_stops_all_calls_and_is_told(connected, script, staff):
    chief, _ = staff(), staff("employee")
    row = connected(expires_at=in_minutes(-1))
    script.says("/connect/token", {"error": "invalid_grant"}, status=400)
    with pytest.raises(ReconnectNeededError):
        gateway().accounts()
    with pytest.raises(ReconnectNeededError):
        gateway()
    assert (len(script.asked), is_connected()) == (1, False)
    assert Connection.objects.get().state == Connection.State.RECONNECT
    assert [one.staff for one in Notice.objects.all()] == [chief]
    assert [event.verb for event in history_of(row)] == ["consent_ended"]


@pytest.mark.django_db(transaction=True)
def test_administrators_get_a_mail_when_the_consent_ends(connected, script, staff):
    chief = staff()
    connected(expires_at=in_minutes(-1))
    script.says("/connect/token", {"error": "invalid_grant"}, status=400)
    with pytest.raises(ReconnectNeededError):
        tokens.access_token()
    assert [(one.to, one.subject) for one in mail.outbox] == [
        ([chief.email], "Xero must be connected again")
    ]


def test_a_refused_token_is_renewed_once_and_the_call_is_made_again(connected, script):
    connected()
    script.says(f"{API}/Accounts", {"Title": "Unauthorized"}, status=401)
    script.says(f"{API}/Accounts", {"Accounts": []})
    script.says("/connect/token", PAIR)
    assert gateway().accounts() == []
    assert script.paths() == [
        f"GET {API}/Accounts",
        "POST /connect/token",
        f"GET {API}/Accounts",
    ]
    assert script.asked[-1].headers["authorization"] == "Bearer access-2"


def test_a_new_token_that_is_refused_as_well_ends_the_connection(connected, script):
    connected()
    script.says(f"{API}/Accounts", {"Title": "Unauthorized"}, status=401)
    script.says("/connect/token", PAIR)
    with pytest.raises(ReconnectNeededError):
        gateway().accounts()
    assert Connection.objects.get().state == Connection.State.RECONNECT


def test_a_custom_connection_asks_with_the_apps_own_credentials(connected, script):
    connected(grant=Connection.Grant.CUSTOM, expires_at=in_minutes(-1))
    script.says("/connect/token", {"access_token": "access-c", "expires_in": 1800})
    assert tokens.access_token() == "access-c"
    assert script.asked[0].body.startswith(b"grant_type=client_credentials&scope=accounting")


def test_tokens_that_nobody_used_for_a_week_are_kept_alive(connected, script):
    connected()
    assert jobs.keep_alive() is False
    Connection.objects.update(refreshed_at=timezone.now() - timedelta(days=8))
    script.says("/connect/token", PAIR)
    assert jobs.keep_alive() is True
    assert held()["refresh"] == "refresh-2"


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_eight_workers_make_one_refresh(connected, script):
    connected(expires_at=in_minutes(-1))
    script.says("/connect/token", PAIR, takes=0.4)
    assert race(8, lambda _: tokens.access_token()) == ["access-2"] * 8
    assert script.paths() == ["POST /connect/token"]


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_a_token_that_still_lives_is_used_while_another_process_refreshes(connected, script):
    row = connected(expires_at=in_minutes(3))

    def work(number):
        with transaction.atomic():
            turns.locked(row.pk, seconds=1)
            return race(1, lambda _: tokens.access_token())

    assert race(1, work) == [["access-1"]]
    assert script.asked == []


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_nobody_waits_for_the_row_without_an_end(connected):
    row = connected()

    def wait(_):
        with transaction.atomic():
            return turns.locked(row.pk, seconds=0.05)

    def work(_):
        with transaction.atomic():
            turns.locked(row.pk, seconds=1)
            return race(1, wait)

    [[error]] = race(1, work)
    assert isinstance(error, LimitedError)

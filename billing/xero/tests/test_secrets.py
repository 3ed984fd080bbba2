"""No token and no secret is seen anywhere, whatever goes wrong."""

import logging

import pytest

from agency.errors import BusinessError
from agency.records.models import Effect, Event
from agency.records.notices.models import Notice
from billing.xero import operations, sealing
from billing.xero.gateway import gateway
from billing.xero.models import Call, Connection

API = "/api.xro/2.0"
SECRETS = ("hush-hush", "access-1", "refresh-1", "access-2", "refresh-2", "code-1")
PAIR = {"access_token": "access-2", "refresh_token": "refresh-2", "expires_in": 1800}
# Bodies that repeat what was sent, as careless servers do.
ECHO = {"Message": "Bearer access-1 hush-hush", "error": "Basic refresh-1"}


def refused_grant(script):
    script.says("/connect/token", {"error": "invalid_grant", "token": "refresh-1"}, status=400)
    Connection.objects.update(expires_at=None)


def refused_token(script):
    script.says(f"{API}/Accounts", {"Detail": "TokenExpired access-1"}, status=401)
    script.says("/connect/token", PAIR)


def broken_sign_in(script):
    script.says("/connect/token", b"<html>refresh-1 hush-hush</html>", status=502)
    Connection.objects.update(expires_at=None)


def answered(status, body, **headers):
    return lambda script: script.says(f"{API}/Accounts", body, status=status, **headers)


FAILURES = {
    "invalid grant": refused_grant,
    "refused token": refused_token,
    "broken sign-in": broken_sign_in,
    "limit": answered(429, b"access-1", Retry_After=5),
    "server error": answered(500, b"<html>access-1</html>"),
    "html": answered(200, b"<html>access-1</html>"),
    "cut off": answered(200, b'{"access-1', Content_Length=500, Connection="close"),
    "forbidden": answered(403, b"access-1"),
}


@pytest.fixture
def chief(page, staff):
    return page(staff())


@pytest.mark.parametrize("name", FAILURES)
def test_a_failure_shows_no_secret(connected, script, chief, caplog, name):
    caplog.set_level(logging.DEBUG)
    row = connected()
    FAILURES[name](script)
    with pytest.raises(BusinessError) as caught:
        gateway().accounts()
    script.says("/connect/revocation", ECHO, status=400)
    seen = [
        repr(caught.value),
        str(caught.value),
        caplog.text,
        chief.get("/settings/xero").content.decode(),
        chief.get("/admin/billing/connection/").content.decode(),
        chief.get(f"/admin/billing/connection/{row.pk}/change/").content.decode(),
        chief.get("/admin/billing/call/").content.decode(),
        *(str(list(model.objects.values())) for model in (Call, Effect, Event, Notice)),
    ]
    if Connection.objects.usable().exists():
        chief.post("/settings/xero/disconnect")
        seen.append(caplog.text)
    assert [secret for secret in SECRETS for text in seen if secret in text] == []


def test_a_refused_code_shows_no_secret(db, script, staff, caplog):
    caplog.set_level(logging.DEBUG)
    script.says("/connect/token", ECHO | {"error": "invalid_grant"}, status=400)
    with pytest.raises(BusinessError) as caught:
        operations.connect_by_code("code-1", "http://here/back", by=staff())
    shown = str(caught.value) + caplog.text
    assert [secret for secret in SECRETS if secret in shown] == []


def test_what_is_stored_is_sealed(connected):
    connected()
    stored = bytes(Connection.objects.get().tokens)
    assert sealing.unseal(stored) == {"access": "access-1", "refresh": "refresh-1"}
    assert [secret for secret in SECRETS if secret.encode() in stored] == []


def test_the_sdk_is_not_loaded_at_start():
    import subprocess
    import sys

    code = (
        "import django, sys; django.setup(); import agency.urls.pages;"
        "sys.exit('xero_python' in sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        check=False,
        env={
            "DEBUG": "1",
            "DJANGO_SETTINGS_MODULE": "agency.settings",
            "DATABASE_URL": "sqlite://",
        },
    )
    assert done.returncode == 0

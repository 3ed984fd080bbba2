"""Logs tell what happened and give no secret away."""

import io
import json
import logging

import pytest
import structlog

from agency import logs

KEY = "pk_Zx81kQmPpL0aVn3TtR5yWw"
TOKEN = "eyJhbGciOiJIUzI1NiJ9.eyJ1c2VyIjoxfQ.c2lnbmF0dXJl"


@pytest.fixture
def printed():
    """The events that are printed while a test runs, as a production process prints them."""
    root = logging.getLogger()
    before = root.handlers[:], root.level, structlog.get_config()
    logs.configure({"level": "INFO", "json": True})
    stream = io.StringIO()
    root.handlers[0].setStream(stream)
    yield lambda: [json.loads(line) for line in stream.getvalue().splitlines()]
    root.handlers[:], root.level = before[:2]
    structlog.configure(**before[2])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"the key {KEY} was used", "the key [hidden] was used"),
        (f"Authorization: Bearer {TOKEN}", "Authorization: Bearer [hidden]"),
        ("Basic cGtfYWJjOng=", "Basic [hidden]"),
        ("redis://app:hunter2@cache:6379/0", "redis://app:[hidden]@cache:6379/0"),
        ('{"email": "a@b.c", "password": "hunter2"}', '{"email": "a@b.c", "password": "[hidden]"}'),
        ("password=hunter2&next=/", "password=[hidden]&next=/"),
        ("invoice INV-0007 was paid", "invoice INV-0007 was paid"),
    ],
)
def test_secrets_are_cut_out_of_text(text, expected):
    assert logs.redact_text(text) == expected


def test_secrets_are_hidden_by_the_name_of_their_field_however_deep():
    event = {"body": {"user": {"new_password": "x1", "name": "Kim"}, "keys": [{"api_key": "x2"}]}}
    assert logs.redact(event) == {
        "body": {
            "user": {"new_password": "[hidden]", "name": "Kim"},
            "keys": [{"api_key": "[hidden]"}],
        }
    }


def test_an_event_carries_the_request_id_and_no_secret(printed):
    structlog.contextvars.bind_contextvars(request_id="abc")
    structlog.get_logger("agency.test").info("signed in", email="kim@example.com", password="x")
    structlog.contextvars.clear_contextvars()
    [event] = printed()
    event.pop("timestamp")
    assert event == {
        "event": "signed in",
        "email": "kim@example.com",
        "password": "[hidden]",
        "request_id": "abc",
        "logger": "agency.test",
        "level": "info",
    }


def test_a_library_that_logs_a_traceback_gives_no_secret_away(printed):
    error = ValueError(f"refused {KEY}")
    logging.getLogger("some.library").error("failed", exc_info=error, extra={"token": TOKEN})
    [event] = printed()
    assert event["token"] == "[hidden]"
    assert "ValueError: refused [hidden]" in event["exception"]
    assert KEY not in str(event)

"""The ledger under a crowd of clients who each send everything twice, to a server of its own."""

import json
import os
import socket
import subprocess
from collections import Counter
from contextlib import closing
from decimal import Decimal
from http.client import HTTPConnection, HTTPException

import pytest

from agency.management.commands.serve import web_command
from agency.staff import keys
from agency.tests.racing import race
from billing.invoices.tests.factories import make_issued

CLIENTS, INVOICES, PAYMENTS, EACH = 64, 20, 2000, Decimal(10)
PAYABLE = Decimal("0.44")  # of the payments: what is sent beyond is refused
SECONDS = 120


class Caller:
    """One client with a connection of its own, which it opens again where the server closed it."""

    def __init__(self, port: int, secret: str) -> None:
        self.port, self.headers = port, {"X-API-KEY": secret, "Content-Type": "application/json"}
        self.connection = HTTPConnection("127.0.0.1", port, timeout=SECONDS)

    def close(self) -> None:
        self.connection.close()

    def call(self, method: str, path: str, body=None, **headers):
        """(status, body, headers) of an answer; asked again while the connection breaks."""
        try:
            sent = None if body is None else json.dumps(body)
            self.connection.request(method, path, sent, self.headers | headers)
            answer = self.connection.getresponse()
            return answer.status, answer.read(), answer.headers
        except (HTTPException, ConnectionError):
            self.close()
            return self.call(method, path, body, **headers)

    def pay(self, invoice: int, number: int):
        """The answer to a payment, which a client repeats while its twin is being served."""
        body = {"amount": str(EACH), "reference": f"P-{number}"}
        path, key = f"/api/invoices/{invoice}/payments", {"Idempotency-Key": f"payment-{number}"}
        while (found := self.call("POST", path, body, **key))[0] == 409:
            continue
        return number, *found


@pytest.fixture
def owed(transactional_db, staff, extent):
    """The invoices that are paid, how many payments each gets and how many of them it takes."""
    jane, sent = staff(), extent(PAYMENTS) // INVOICES
    taken = max(1, int(sent * PAYABLE))
    line = ("Work", "1", str(taken * EACH))
    invoices = [make_issued(jane, lines=[line], prices_include_tax=True) for _ in range(INVOICES)]
    _, secret = keys.create(jane, name="Crowd", by=jane)
    return [invoice.pk for invoice in invoices], sent, taken, secret


@pytest.fixture
def server(owed, request, tmp_path, settings):
    """The site in two processes of eight threads, on the database that holds what is owed."""
    settings.WEB_CONCURRENCY, settings.WEB_THREADS = 2, 8
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environment = {
        "PATH": os.environ["PATH"],
        "VAR_DIR": str(tmp_path / "var"),
        "DATABASE_URL": request.getfixturevalue("database_url"),
        "DEBUG": "1",
        "API_RATE_LIMIT": "0",
    }
    log, command = tmp_path / "server.log", web_command("127.0.0.1", port)
    with log.open("wb") as told:  # a pipe that nobody reads would stop the server
        process = subprocess.Popen(command, env=environment, cwd=settings.BASE_DIR, stderr=told)
    try:
        while process.poll() is None and not answers(port):
            continue
        yield port
    finally:
        process.terminate()
        process.wait(timeout=SECONDS)
    assert "locked" not in log.read_text()


def answers(port: int) -> bool:
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=1):
            return True
    except OSError:
        return False


@pytest.mark.soak
def test_a_crowd_that_sends_every_payment_twice_pays_what_is_owed_and_no_more(owed, server):
    invoices, sent, taken, secret = owed
    total = sent * INVOICES
    turns = [number for number in range(total) for _ in range(2)]

    def work(client: int) -> list:
        with closing(Caller(server, secret)) as caller:
            return [caller.pay(invoices[one % INVOICES], one) for one in turns[client::CLIENTS]]

    parts = race(CLIENTS, work)

    assert [part for part in parts if isinstance(part, Exception)] == []
    answers = [answer for part in parts for answer in part]
    assert Counter(status for _, status, _, _ in answers) == {
        201: 2 * taken * INVOICES,
        400: 2 * (sent - taken) * INVOICES,
    }
    assert len({(number, status, body) for number, status, body, _ in answers}) == total
    replays = [number for number, _, _, headers in answers if "Idempotency-Replayed" in headers]
    assert sorted(replays) == list(range(total))

    accepted = {
        json.loads(body)["payment"]["id"] for _, status, body, _ in answers if status == 201
    }
    kept = []
    for invoice in invoices:
        with closing(Caller(server, secret)) as caller:
            shown = json.loads(caller.call("GET", f"/api/invoices/{invoice}")[1])
        figures = shown["invoice"]
        assert (figures["amount_paid"], figures["amount_due"]) == (taken * EACH, 0)
        assert len(shown["payments"]) == taken
        kept += [payment["id"] for payment in shown["payments"]]
    assert sorted(kept) == sorted(accepted)

"""The HTTP server around the books: faults, limits, idempotency keys, and who may ask."""

import contextlib
import json
import socket
from collections.abc import Sequence
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Lock, Thread
from uuid import uuid4

from billing.xero.simulator import chart, control, desk, keeping, resources, wire
from billing.xero.simulator.acts import Acts
from billing.xero.simulator.asked import Asked
from billing.xero.simulator.books import Books
from billing.xero.simulator.faults import Faults, refused
from billing.xero.simulator.identity import Identity
from billing.xero.simulator.limits import Limits
from billing.xero.simulator.refusals import Refusal, missing
from billing.xero.simulator.replay import Replay

API = "/api.xro/2.0/"
JSON = {"Content-Type": "application/json; charset=utf-8"}


class DropError(Exception):
    """Close the connection without a word."""


class Simulator(Acts):
    """Xero on ``url``; ``minute`` is how many seconds its minute lasts.

    With a ``file`` the books outlive the process.
    """

    def __init__(
        self,
        *,
        host: str = "127.0.0.1",
        port: int = 0,
        minute: float = 60,
        tenants: Sequence[str] = (chart.TENANT,),
        file: Path | None = None,
    ) -> None:
        self.minute = minute
        self.tenants = tenants
        self.file = file
        self.turn = Lock()
        self.reset()
        if file:
            keeping.load(self, file)
        self.httpd = Server((host, port), handler_of(self))
        self.url = f"http://{host}:{self.httpd.server_address[1]}"

    def reset(self, *, minute: float | None = None) -> None:
        """Begin with empty books, and with nothing measured or broken."""
        self.minute = minute or self.minute
        self.books = Books()
        self.identity = Identity(self.tenants)
        self.faults = Faults()
        self.limits = Limits(self.minute)
        self.replay = Replay(self.minute)
        self.asked: list[Asked] = []
        self.working: dict[str, Lock] = {}

    def start(self) -> "Simulator":
        Thread(target=self.httpd.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
        return self

    def stop(self) -> None:
        self.faults.over.set()
        self.httpd.shutdown()
        self.httpd.server_close()

    def calls(self, method: str = "") -> list[str]:
        """The calls to the API so far: ``PUT Invoices``."""
        return [
            f"{one.method} {one.path.removeprefix(API)}"
            for one in list(self.asked)
            if one.path.startswith(API) and method in {"", one.method}
        ]

    # -- one call ---------------------------------------------------------------------------------
    def answer(self, asked: Asked) -> tuple[int, dict, bytes]:
        """(status, headers, body). Raises ``DropError`` where no answer comes."""
        self.asked.append(asked)
        fault = self.faults.take(asked.method, asked.path)
        if fault and fault.kind == "drop_before":
            self.count()
            raise DropError
        if fault and fault.kind in {"hang", "slow"}:
            self.faults.wait(fault.value or 30)
        refusal = refused(fault) if fault else None
        if refusal and asked.path.startswith(API):
            self.count()
        status, headers, body = said(refusal) if refusal else self.done(asked)
        if fault and fault.kind in {"drop_after", "lost_refresh_answer"}:
            raise DropError
        if fault and fault.kind == "hang_after":
            self.faults.wait(fault.value or 30)
            raise DropError
        if fault and fault.kind == "truncated":
            body = body[: len(body) // 2]
        if fault and fault.kind == "wrong_json":
            body = b'{"Unexpected": [1, 2, 3]}'
        asked.answered = status
        if self.file and asked.is_write:
            keeping.save(self, self.file)
        return status, headers, body

    def count(self) -> None:
        """A call that comes to nothing is a call all the same."""
        with contextlib.suppress(Refusal):
            self.limits.enter()
        self.limits.leave()

    def done(self, asked: Asked) -> tuple[int, dict, bytes]:
        try:
            if asked.path.startswith(API):
                return self.api(asked)
            return self.elsewhere(asked)
        except Refusal as refusal:
            return said(refusal)

    def api(self, asked: Asked) -> tuple[int, dict, bytes]:
        """A call to the API, counted, allowed, and replayed where its key was used before."""
        headers = {"xero-correlation-id": str(uuid4())}
        try:
            self.limits.enter()
            headers |= self.limits.headers()
            custom = self.identity.require_access(asked.headers.get("authorization", ""))
            tenant = asked.headers.get("xero-tenant-id", "")
            self.identity.require_tenant(tenant, custom=custom)
            status, more, body = (
                self.once(asked) if asked.is_write and asked.key else self.made(asked)
            )
        except Refusal as refusal:
            status, more, body = said(refusal)
        finally:
            self.limits.leave()
        return status, headers | more, body

    def once(self, asked: Asked) -> tuple[int, dict, bytes]:
        with self.turn:
            lock = self.working.setdefault(asked.key, Lock())
        with lock:
            request = (asked.key, asked.method, asked.target, asked.body)
            known = self.replay.answer(*request)
            if known is None:
                known = self.made(asked)
                self.replay.keep(*request, known)
            return known

    def made(self, asked: Asked) -> tuple[int, dict, bytes]:
        try:
            content = resources.answer(self.books, asked)
        except Refusal as refusal:
            return said(refusal)
        if isinstance(content, bytes):
            return 200, {"Content-Type": "application/pdf"}, content
        return (204, {}, b"") if content == {} else (200, JSON, wire.dumps(content))

    # -- consent, tokens, and the desk ------------------------------------------------------------
    def elsewhere(self, asked: Asked) -> tuple[int, dict, bytes]:
        if asked.path.startswith("/connections"):
            return self.listed(asked)
        if asked.path == "/" or asked.path.startswith("/_simulator"):
            return self.at_the_desk(asked)
        identity = self.identity
        match asked.method, asked.path:
            case "GET", "/identity/connect/authorize":
                return html(identity.consent_page(asked.target.partition("?")[2]))
            case "POST", "/identity/connect/authorize":
                return 303, {"Location": identity.consented(asked.form)}, b""
            case "POST", "/connect/token":
                with self.turn:
                    made = identity.token(asked.form, asked.headers.get("authorization", ""))
                return 200, JSON, wire.dumps(made)
            case "POST", "/connect/revocation":
                identity.revoke(asked.form.get("token", ""))
                return 200, JSON, b"{}"
        raise missing()

    def listed(self, asked: Asked) -> tuple[int, dict, bytes]:
        """The organisations that a token opens, and taking one of them out."""
        self.identity.require_access(asked.headers.get("authorization", ""))
        if asked.method == "DELETE":
            self.identity.disconnect(asked.path.rpartition("/")[2])
            return 204, {}, b""
        return 200, JSON, json.dumps(self.identity.listed()).encode()

    def at_the_desk(self, asked: Asked) -> tuple[int, dict, bytes]:
        if asked.path.endswith("/measures"):
            return 200, JSON, wire.dumps(measures(self))
        if asked.path.startswith("/_simulator/"):
            return 200, JSON, wire.dumps(control.answer(self, asked))
        if asked.method == "POST":
            return 303, {"Location": f"/_simulator?said={desk.act(self, asked.form)}"}, b""
        return html(desk.page(self))


def measures(simulator: Simulator) -> dict:
    """What a test asks of a simulator that runs in another process."""
    numbers = [one["InvoiceNumber"] for one in simulator.books.invoices.values()]
    return {
        "most_in_a_minute": simulator.limits.most_in_a_minute,
        "most_at_once": simulator.limits.most_at_once,
        "numbers": numbers,
        "faults": simulator.faults.met,
        "calls": len(simulator.asked),
    }


def said(refusal: Refusal) -> tuple[int, dict, bytes]:
    if isinstance(refusal.body, str):
        return (
            refusal.status,
            {"Content-Type": "text/plain"} | refusal.headers,
            refusal.body.encode(),
        )
    return refusal.status, JSON | refusal.headers, wire.dumps(refusal.body)


def html(text: str) -> tuple[int, dict, bytes]:
    return 200, {"Content-Type": "text/html; charset=utf-8"}, text.encode()


class Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 64

    def handle_error(self, request, client_address) -> None:
        """A caller that went away is no error of ours."""


def handler_of(simulator: Simulator):
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        disable_nagle_algorithm = True

        def respond(self) -> None:
            length = int(self.headers.get("Content-Length") or 0)
            headers = {name.lower(): value for name, value in self.headers.items()}
            asked = Asked(self.command, self.path, headers, self.rfile.read(length))
            try:
                status, sent, body = simulator.answer(asked)
            except DropError:
                self.close_connection = True
                with contextlib.suppress(OSError):
                    self.connection.shutdown(socket.SHUT_RDWR)
                return
            self.send_response(status)
            for name, value in sent.items():
                self.send_header(name, value)
            if status != 204:
                self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        do_GET = do_POST = do_PUT = do_DELETE = respond  # noqa: N815 the server's own names

        def log_message(self, *args) -> None:
            """Nothing: callers keep their own log of what they asked."""

    return Handler

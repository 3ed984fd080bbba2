"""A server that answers what a test tells it to, in turn, and remembers what it was asked."""

import json
from collections import deque
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread
from typing import NamedTuple


class Asked(NamedTuple):
    method: str
    path: str
    headers: dict
    body: bytes

    @property
    def json(self):
        return json.loads(self.body, parse_float=str)


class Script:
    """Answers by path: the next one that was queued for it, the last one again and again."""

    def __init__(self) -> None:
        self.asked: list[Asked] = []
        self.over = Event()
        self.queues: dict[str, deque] = {}

    def says(self, path: str, content=None, *, status: int = 200, takes: float = 0, **headers):
        """Queue an answer for all paths that begin so; bytes are sent as they are.

        It ``takes`` so many seconds, or until the test is over.
        """
        body = content if isinstance(content, bytes) else json.dumps(content or {}).encode()
        headers = {name.replace("_", "-"): str(value) for name, value in headers.items()}
        self.queues.setdefault(path, deque()).append((status, headers, body, takes))

    def answer(self, path: str):
        found = max((known for known in self.queues if path.startswith(known)), key=len)
        queue = self.queues[found]
        return queue.popleft() if len(queue) > 1 else queue[0]

    def paths(self) -> list[str]:
        return [f"{one.method} {one.path}" for one in self.asked]


def handler_of(script: Script):
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def handle_one_call(self) -> None:
            length = int(self.headers.get("Content-Length") or 0)
            headers = {name.lower(): value for name, value in self.headers.items()}
            asked = Asked(self.command, self.path, headers, self.rfile.read(length))
            script.asked.append(asked)
            status, sent, body, takes = script.answer(self.path)
            if takes:
                script.over.wait(timeout=takes)
            self.send_response(status)
            for name, value in ({"Content-Length": len(body)} | sent).items():
                self.send_header(name, str(value))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *values) -> None:
            pass

    for method in ("GET", "POST", "PUT", "DELETE"):
        setattr(Handler, f"do_{method}", Handler.handle_one_call)
    return Handler


@contextmanager
def serving():
    """A script, and the address that it is played at."""
    script = Script()
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler_of(script))
    server.handle_error = lambda *values: None  # a client that has hung up is part of the play
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield script, f"http://127.0.0.1:{server.server_port}"
    finally:
        script.over.set()
        server.shutdown()
        server.server_close()
        thread.join()

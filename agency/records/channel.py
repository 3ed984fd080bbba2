"""Through what a change came: a page, the admin, a named API key, a job.

Kept in a context variable, so that operations need not hand it on.
"""

import uuid
from contextlib import contextmanager
from contextvars import ContextVar

import structlog

_channel: ContextVar[str] = ContextVar("channel", default="console")


def current() -> str:
    return _channel.get()


def enter(name: str) -> None:
    _channel.set(name)


@contextmanager
def through(name: str):
    token = _channel.set(name)
    try:
        yield
    finally:
        _channel.reset(token)


class RequestChannelMiddleware:
    """Gives every request an id for the logs and names the door that it came through."""

    def __init__(self, get_response) -> None:
        self.get_response = get_response

    def __call__(self, request):
        request.id = uuid.uuid4().hex
        structlog.contextvars.clear_contextvars()
        structlog.contextvars.bind_contextvars(request_id=request.id)
        with through(self.door(request.path)):
            response = self.get_response(request)
        response.headers.setdefault("X-Request-Id", request.id)
        return response

    def door(self, path: str) -> str:
        if path.startswith("/admin"):
            return "admin"
        return "api" if path.startswith("/api/") or path.endswith(".json") else "page"

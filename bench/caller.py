"""Calls the product as a web server does, in this process and without a network between."""

import io
import json
from typing import NamedTuple

from django.core.wsgi import get_wsgi_application


class Answer(NamedTuple):
    status: int
    body: bytes


class Caller:
    """One API key, one WSGI application."""

    def __init__(self, key: str) -> None:
        self.application = get_wsgi_application()
        self.key = key

    def __call__(self, method: str, path: str, body: bytes = b"", **headers: str) -> Answer:
        path, _, query = path.partition("?")
        environ = {
            "REQUEST_METHOD": method,
            "PATH_INFO": path,
            "QUERY_STRING": query,
            "SERVER_NAME": "127.0.0.1",
            "SERVER_PORT": "80",
            "SERVER_PROTOCOL": "HTTP/1.1",
            "HTTP_HOST": "127.0.0.1",
            "HTTP_X_API_KEY": self.key,
            "CONTENT_TYPE": "application/json",
            "CONTENT_LENGTH": str(len(body)),
            "wsgi.input": io.BytesIO(body),
            "wsgi.errors": io.StringIO(),
            "wsgi.url_scheme": "http",
            **headers,
        }
        found: list[int] = []
        chunks = self.application(environ, lambda status, _: found.append(int(status[:3])))
        content = b"".join(chunks)
        getattr(chunks, "close", lambda: None)()
        return Answer(found[0], content)

    def post(self, path: str, body: dict) -> Answer:
        return self("POST", path, json.dumps(body).encode())

"""Idempotency keys: a repeated POST is answered again, not done again.

The answer is stored in the transaction that makes the change: after a crash either both are
there or neither, and the client may safely send the same request again.
"""

import hashlib
from contextlib import nullcontext
from datetime import timedelta

from django.db import connection, transaction
from django.http import HttpResponse, StreamingHttpResponse
from django.utils import timezone

from agency.api.errors import Refusal
from agency.api.models import IdempotentAnswer

HEADER = "Idempotency-Key"
KEPT_FOR = timedelta(hours=24)
LONGEST_KEY = 255
NOT_KEPT = {401, 403, 429}
KEPT_HEADERS = ("Content-Type", "Content-Disposition", "ETag", "X-Total-Count", "id")


class IdempotentMixin:
    """Replays the first answer to a POST that carries an ``Idempotency-Key``."""

    def run(self, handler):
        """The handler's answer; with a key, the stored one where there is one."""
        request = self.request
        key = request.headers.get(HEADER)
        if key is None or request.method != "POST" or not request.user.is_authenticated:
            return handler(request, *self.args, **self.kwargs)
        if not (0 < len(key) <= LONGEST_KEY and key.isascii() and key.isprintable()):
            raise Refusal(400, f"{HEADER}: send 1 to {LONGEST_KEY} printable characters.")
        if getattr(handler, "outside", False):
            return self.run_outside(handler, key, fingerprint(request))
        return self.run_once(handler, key, fingerprint(request))

    def run_once(self, handler, key: str, request_hash: str):
        owner = self.request.user.pk
        with transaction.atomic():
            claim(owner, key)
            stored = answer_to(owner, key)
            if stored is not None:
                return replayed(stored, request_hash)
            response = self.attempted(handler)
            if response.status_code in NOT_KEPT or response.status_code >= 500:
                transaction.set_rollback(True)
            elif not isinstance(response, StreamingHttpResponse):
                keep(response, owner_id=owner, key=key, request_hash=request_hash)
        return response

    def run_outside(self, handler, key: str, request_hash: str):
        """For what waits for another system: no transaction is open meanwhile.

        A crash before the answer is kept makes the same request do it again, which such a handler
        allows: it has its one effect by itself.
        """
        owner = self.request.user.pk
        stored = answer_to(owner, key)
        if stored is not None:
            return replayed(stored, request_hash)
        response = self.attempted(handler, within=nullcontext)
        if response.status_code not in NOT_KEPT and response.status_code < 500:
            with transaction.atomic():
                claim(owner, key)
                if answer_to(owner, key) is None:
                    keep(response, owner_id=owner, key=key, request_hash=request_hash)
        return response

    def attempted(self, handler, *, within=transaction.atomic):
        """The rendered answer; a refusal undoes what was done before it."""
        try:
            with within():
                response = handler(self.request, *self.args, **self.kwargs)
        except Exception as error:  # noqa: BLE001 each becomes an answer
            response = self.handle_exception(error)
        response = self.finalize_response(self.request, response)
        return response.render() if hasattr(response, "render") else response


def fingerprint(request) -> str:
    """A hash of what a request asks for: its address and body."""
    said = hashlib.sha256(request.get_full_path().encode())
    if request.content_type.startswith("multipart/"):
        for part in parts_of(request):
            said.update(part)
    else:
        said.update(b"\0" + request._request.body)
    return said.hexdigest()


def parts_of(request):
    """The fields and files of a form: its boundary differs with each attempt."""
    for name in sorted(request.data):
        yield f"\0{name}\0".encode()
        for value in request.data.getlist(name):
            if hasattr(value, "chunks"):
                yield from value.chunks()
                value.seek(0)
            else:
                yield f"{value}\0".encode()


def claim(owner: int, key: str) -> None:
    """Keep twins out until the transaction ends. SQLite has one writer at a time anyway."""
    if connection.vendor != "postgresql":
        return
    number = hashlib.sha256(f"{owner}:{key}".encode()).digest()[:8]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_try_advisory_xact_lock(%s)", [int.from_bytes(number, signed=True)]
        )
        if not cursor.fetchone()[0]:
            raise Refusal(409, "The first request with this idempotency key is still running.")


def answer_to(owner: int, key: str) -> IdempotentAnswer | None:
    stored = IdempotentAnswer.objects.filter(owner=owner, key=key).first()
    if stored is not None and stored.created_at < timezone.now() - KEPT_FOR:
        stored.delete()
        return None
    return stored


def replayed(stored: IdempotentAnswer, request_hash: str) -> HttpResponse:
    if stored.request_hash != request_hash:
        raise Refusal(422, "This idempotency key was used for another request.")
    headers = stored.headers | {"Idempotency-Replayed": "true"}
    return HttpResponse(bytes(stored.body), status=stored.status, headers=headers)


def keep(response, **values) -> None:
    headers = {name: response[name] for name in KEPT_HEADERS if name in response}
    IdempotentAnswer(
        status=response.status_code, headers=headers, body=response.content, **values
    ).save(force_insert=True)


def purge() -> int:
    """Drop the answers whose time is over; how many there were."""
    old = IdempotentAnswer.objects.filter(created_at__lt=timezone.now() - KEPT_FOR)
    return old.delete()[0]

"""One place where a refusal becomes an answer, in the form of the dialect that was spoken."""

import logging

from django.core.exceptions import PermissionDenied, RequestDataTooBig
from django.core.exceptions import ValidationError as ModelError
from django.core.signals import got_request_exception
from django.db import DataError, IntegrityError
from django.http import Http404, UnreadablePostError
from rest_framework import exceptions
from rest_framework.response import Response
from rest_framework.views import set_rollback

from agency.errors import BusinessError, ConflictError, NotAllowedError, UnavailableError

log = logging.getLogger("agency.api")
CODES = {
    400: "invalid",
    401: "unauthenticated",
    403: "forbidden",
    404: "not_found",
    405: "method_not_allowed",
    409: "conflict",
    412: "precondition_failed",
    413: "too_large",
    415: "unsupported_media_type",
    422: "unprocessable",
    429: "rate_limited",
    500: "server_error",
    503: "unavailable",
}
# What a database or the server refuses below our own checks, and how a client hears of it.
LAST_RESORT = (
    (RequestDataTooBig, 413, "The body is too large.", False),
    (UnreadablePostError, 400, "The body ended before it was complete.", False),
    (IntegrityError, 409, "Another change came first; read the record again.", True),
    (DataError, 400, "A value is too long or too large for its field.", True),
    (OverflowError, 400, "A number is too large.", True),
)


class Refusal(exceptions.APIException):
    """A refusal with its own HTTP status, for the machinery of the API itself."""

    def __init__(self, status: int, message: str, *, field: str | None = None) -> None:
        self.status_code = status
        self.field = field
        super().__init__(message, CODES[status])


def as_response(exc, context) -> Response:
    """Turn any exception into the dialect's error body; a defect is logged and becomes a 500."""
    view, request = context.get("view"), context.get("request")
    status, message, fields, headers = described(exc)
    if status is None:
        status, message = last_resort(exc, request)
    status = getattr(view, "status_of", lambda status, exc: status)(status, exc)
    if status == 405 and view is not None:
        headers["Allow"] = ", ".join(view.allowed_methods)
    set_rollback()
    body = getattr(view, "error_body", agency_error)(status, message, fields, exc)
    return Response(body, status=status, headers=headers)


def last_resort(exc, request) -> tuple[int, str]:
    """(status, message) of what nobody foresaw; logged, unless it is the client's own fault."""
    for kind, status, message, is_logged in LAST_RESORT:
        if isinstance(exc, kind):
            if is_logged:
                log.warning("Refused by %s.", kind.__name__, exc_info=exc)
            return status, message
    plain = getattr(request, "_request", request)
    got_request_exception.send(sender=as_response, request=plain)
    log.error("A call failed: %s", getattr(plain, "path", ""), exc_info=exc)
    number = getattr(plain, "id", "")
    return 500, f"Something went wrong on our side. Please name request {number}."


def described(exc) -> tuple[int | None, str, dict, dict]:
    """(status, message, errors by field, headers) of an exception."""
    if isinstance(exc, UnavailableError):
        return 503, exc.message, {}, {"Retry-After": str(exc.retry_after)}
    if isinstance(exc, BusinessError):
        status = 403 if isinstance(exc, NotAllowedError) else 400
        status = 409 if isinstance(exc, ConflictError) else status
        return status, exc.message, {exc.field: [exc.message]} if exc.field else {}, {}
    if isinstance(exc, ModelError):
        exc = exceptions.ValidationError(
            exc.message_dict if hasattr(exc, "error_dict") else {"non_field_errors": exc.messages}
        )
    if isinstance(exc, Http404):
        exc = exceptions.NotFound("There is no such record.")
    if isinstance(exc, PermissionDenied):
        exc = exceptions.PermissionDenied()
    if not isinstance(exc, exceptions.APIException):
        return None, "", {}, {}
    fields = flat(exc.detail) if isinstance(exc, exceptions.ValidationError) else {}
    if isinstance(exc, Refusal) and exc.field:
        return exc.status_code, str(exc.detail), {exc.field: [str(exc.detail)]}, {}
    message = summary(fields) if fields else str(exc.detail)
    return exc.status_code, message, fields, headers_of(exc)


def headers_of(exc) -> dict:
    headers = {}
    if getattr(exc, "auth_header", None):
        headers["WWW-Authenticate"] = exc.auth_header
    if getattr(exc, "wait", None) is not None:
        headers["Retry-After"] = str(int(exc.wait) + 1)
    return headers


def flat(detail, prefix: str = "") -> dict[str, list[str]]:
    """Nested serializer errors as ``{"lines.0.quantity": ["…"]}``."""
    if isinstance(detail, dict):
        parts = [(str(key), value) for key, value in detail.items()]
    elif any(isinstance(item, (dict, list)) for item in detail):
        parts = [(str(index), value) for index, value in enumerate(detail) if value]
    else:
        return {prefix or "non_field_errors": [str(item) for item in detail]}
    found: dict[str, list[str]] = {}
    for key, value in parts:
        name = f"{prefix}.{key}" if prefix else key
        found |= flat(value if isinstance(value, (dict, list)) else [value], name)
    return found


def summary(fields: dict[str, list[str]]) -> str:
    name, reasons = next(iter(fields.items()))
    return reasons[0] if name == "non_field_errors" else f"{name}: {reasons[0]}"


def agency_error(status: int, message: str, fields: dict, exc) -> dict:
    """``{"error": code, "message": sentence, "errors": {field: [reasons]}}``."""
    code = getattr(exc, "code", None) if isinstance(exc, BusinessError) else None
    return {"error": code or CODES.get(status, "error"), "message": message, "errors": fields}

"""JSON in and out without a binary float anywhere near money."""

import json
from collections.abc import Iterable, Iterator
from decimal import Decimal
from itertools import islice

import orjson
from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.utils.functional import Promise
from rest_framework.exceptions import ParseError
from rest_framework.parsers import BaseParser
from rest_framework.renderers import BaseRenderer

OPTIONS = orjson.OPT_UTC_Z | orjson.OPT_NON_STR_KEYS | orjson.OPT_OMIT_MICROSECONDS


def _printed(value):
    if isinstance(value, Decimal):
        return orjson.Fragment(format(value, "f"))  # a number, with the decimals that it has
    if isinstance(value, Promise):
        return str(value)
    raise TypeError(f"{type(value).__name__} has no form in JSON.")


def dumps(data) -> bytes:
    """JSON bytes; a Decimal becomes a number, never a float on the way."""
    return orjson.dumps(data, default=_printed, option=OPTIONS)


def pieces(name: str, rows: Iterable[dict], at_once: int = 500) -> Iterator[bytes]:
    """``{name: [rows]}`` piece by piece, for a list of any length."""
    rows = iter(rows)
    separator = b"{" + dumps(name) + b":["
    while some := list(islice(rows, at_once)):
        yield separator + dumps(some)[1:-1]
        separator = b","
    yield b"]}" if separator == b"," else separator + b"]}"


def _refused(constant: str):
    raise ParseError(f"{constant} is not a number.")


def loads(raw: bytes):
    """Parse JSON with every fraction as Decimal. Raises ``ParseError`` for anything unsound."""
    try:
        text = raw.decode()
        data = json.loads(text, parse_float=Decimal, parse_constant=_refused)
        if "\\u" in text:
            json.dumps(data, default=str, ensure_ascii=False).encode()  # a lone surrogate fails
    except UnicodeError as error:
        raise ParseError("The body is not valid UTF-8.") from error
    except RecursionError as error:
        raise ParseError("The body is nested too deeply.") from error
    except ValueError as error:
        raise ParseError(f"The body is not valid JSON: {error}") from error
    return data


class JsonRenderer(BaseRenderer):
    """Answers as JSON, whatever the client accepts."""

    media_type = "application/json"
    format = "json"
    charset = None

    def render(self, data, accepted_media_type=None, renderer_context=None) -> bytes:
        return b"" if data is None else dumps(data)


class JsonParser(BaseParser):
    """Bodies in JSON; an empty one is an empty object."""

    media_type = "application/json"

    def parse(self, stream, media_type=None, parser_context=None):
        raw = whole(stream, parser_context["request"].META.get("CONTENT_LENGTH"))
        return loads(raw) if raw.strip() else {}


def whole(stream, announced: str | None) -> bytes:
    """The body as far as it may go; what is too long is not read at all."""
    if int(announced or 0) > settings.DATA_UPLOAD_MAX_MEMORY_SIZE:
        raise RequestDataTooBig
    return stream.read()

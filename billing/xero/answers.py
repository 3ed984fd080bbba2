"""What an answer of Xero means: its content, or the error that it stands for.

developer.xero.com/documentation/api/accounting/responsecodes and
developer.xero.com/documentation/guides/oauth2/limits.
"""

from collections.abc import Callable, Mapping
from typing import NamedTuple

from billing.xero import parsing
from billing.xero.errors import (
    LimitedError,
    MissingError,
    RefusedError,
    XeroUnavailableError,
)

OK = range(200, 300)
PROBLEMS = {"day": "day", "min": "minute", "conc": "concurrent", "app": "minute"}
WAITS = {"day": 3600, "minute": 60, "concurrent": 2}  # seconds, where Xero names none
LONGEST_WAIT = 24 * 3600
NOT_THERE = ["Xero does not have it."]


class UnauthorisedError(Exception):
    """The access token was not taken (401); the client refreshes it once."""


class Answer(NamedTuple):
    status: int
    headers: Mapping
    body: bytes

    @property
    def request_id(self) -> str:
        return header(self.headers, "xero-correlation-id")[:80]


def header(headers: Mapping, name: str) -> str:
    """A header whatever its case; empty where it is not there."""
    found = (value for key, value in headers.items() if key.lower() == name)
    return str(next(found, "") or "")


def checked(answer: Answer) -> Answer:
    """The answer if it is one; raises what it stands for otherwise."""
    if answer.status in OK:
        return answer
    if answer.status == 401:
        raise UnauthorisedError
    if answer.status == 429:
        raise limited(answer)
    if answer.status >= 500 or answer.status < 400:
        raise unavailable(answer)
    try:
        messages = messages_of(parsing.loads(answer.body))
    except ValueError as broken:
        if answer.status == 404:
            messages = []
        else:
            raise unavailable(answer) from broken
    error = MissingError if answer.status == 404 else RefusedError
    if answer.status == 404 and not messages:
        messages = NOT_THERE
    raise error(messages, request_id=answer.request_id, status=answer.status)


def unavailable(answer: Answer) -> XeroUnavailableError:
    waits = seconds(header(answer.headers, "retry-after"), 30)
    return XeroUnavailableError(
        f"Xero is out of order at the moment (HTTP {answer.status}).",
        retry_after=waits,
        request_id=answer.request_id,
    )


def limited(answer: Answer) -> LimitedError:
    """The limit that was reached, which Xero spells “minute”, “AppMinute”, “Day” and so on."""
    said = header(answer.headers, "x-rate-limit-problem").lower()
    problem = next((name for part, name in PROBLEMS.items() if part in said), "minute")
    waits = seconds(header(answer.headers, "retry-after"), WAITS[problem])
    return LimitedError(problem, retry_after=waits, request_id=answer.request_id)


def seconds(text: str, default: int) -> int:
    return min(LONGEST_WAIT, max(1, int(text))) if text.isdecimal() else default


def records(answer: Answer, name: str) -> list[dict]:
    """The list under ``name``; raises where it is no JSON, or where an element has errors.

    Xero answers 200 to a call in which single elements were refused.
    """
    content = content_of(answer)
    found = content.get(name) if isinstance(content, dict) else None
    if not isinstance(found, list) or not all(isinstance(one, dict) for one in found):
        raise broken(answer)
    for one in found:
        if is_refused(one):
            raise RefusedError(errors_of(one), request_id=answer.request_id, status=answer.status)
    return found


def read(answer: Answer, *, name: str, parse: Callable) -> list:
    """What ``parse`` makes of each element; what it cannot read is no answer."""
    found = records(answer, name)
    try:
        return [parse(one) for one in found]
    except (KeyError, TypeError, ValueError, AttributeError, ArithmeticError):
        raise broken(answer) from None


def read_one(answer: Answer, *, name: str, parse: Callable):
    found = read(answer, name=name, parse=parse)
    if not found:
        raise MissingError(NOT_THERE, request_id=answer.request_id, status=404)
    return found[0]


def pdf(answer: Answer) -> bytes:
    if not answer.body.startswith(b"%PDF"):
        raise broken(answer)
    return answer.body


def is_refused(one: dict) -> bool:
    return bool(one.get("HasErrors") or one.get("HasValidationErrors")) or (
        one.get("StatusAttributeString") == "ERROR"
    )


def content_of(answer: Answer):
    try:
        return parsing.loads(answer.body)
    except ValueError:
        raise broken(answer) from None


def broken(answer: Answer) -> XeroUnavailableError:
    return XeroUnavailableError(
        "Xero sent an answer that cannot be read.", request_id=answer.request_id
    )


def errors_of(one: dict) -> list[str]:
    """The messages on one element, and on the lines and the rest below it."""
    listed = [each for each in one.get("ValidationErrors") or () if isinstance(each, dict)]
    found = [str(each["Message"]) for each in listed if each.get("Message")]
    for below in one.values():
        for each in below if isinstance(below, list) else [below]:
            if isinstance(each, dict):
                found += errors_of(each)
    return list(dict.fromkeys(found))


def messages_of(content) -> list[str]:
    """Xero's own words, from whichever of its error bodies this is."""
    if not isinstance(content, dict):
        return []
    found = [
        message
        for one in content.get("Elements") or ()
        if isinstance(one, dict)
        for message in errors_of(one)
    ]
    if found:
        return list(dict.fromkeys(found))
    found = errors_of(content)
    plain = [content.get(name) for name in ("Detail", "Message", "error_description", "error")]
    return found or [str(one) for one in plain if one][:1]

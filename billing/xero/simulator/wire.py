"""How values look on the wire. doc: api/accounting/requests-and-responses."""

import json
import re
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal

from billing.xero.simulator.refusals import Invalid, bad

MOMENT = re.compile(r"/Date\((-?\d+)(?:[+-]\d{4})?\)/")
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def plain(value):
    """What ``json`` cannot write by itself: amounts are numbers, days and moments ``/Date()/``."""
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral() else float(value)
    if isinstance(value, datetime):
        return f"/Date({int((value - EPOCH).total_seconds() * 1000)}+0000)/"
    if isinstance(value, date):
        return plain(datetime.combine(value, time(), tzinfo=UTC))
    raise TypeError(type(value))


def dumps(content) -> bytes:
    return json.dumps(content, default=plain).encode()


def loads(body: bytes) -> dict:
    try:
        found = json.loads(body or b"{}", parse_float=Decimal, parse_int=Decimal)
    except ValueError as error:
        raise bad("The body is not JSON", "JsonFormatException", 17) from error
    return found if isinstance(found, dict) else {}


def day(text, name: str = "Date") -> date | None:
    if not text:
        return None
    found = MOMENT.fullmatch(str(text))
    if found:
        return (EPOCH + timedelta(milliseconds=int(found[1]))).date()
    try:
        return date.fromisoformat(str(text)[:10])
    except ValueError as error:
        raise Invalid(f"{name} is not a valid date") from error


def number(value, name: str = "Amount") -> Decimal:
    try:
        return Decimal(str(value))
    except ArithmeticError as error:
        raise Invalid(f"{name} is not a number") from error

"""Reading lists: filters, pages, what changed since. doc: api/accounting/requests-and-responses."""

import re
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from billing.xero.simulator.refusals import Refusal, bad

CONDITION = re.compile(r'^([\w.]+)\s*==\s*(?:guid\(\s*)?"((?:[^"\\]|\\.)*)"\)?$', re.IGNORECASE)
MOST_IDS = 51  # more make an address that the servers in front of Xero refuse
PAGE, LARGEST_PAGE = 100, 1000


def since(header: str) -> datetime | None:
    if not header:
        return None
    try:
        found = datetime.fromisoformat(header.removesuffix("Z"))
    except ValueError:
        found = parsedate_to_datetime(header)
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def values(query: dict, name: str) -> list[str]:
    return [one for one in query.get(name, "").split(",") if one]


def ids(query: dict) -> list[str]:
    found = values(query, "IDs")
    if len(found) > MOST_IDS:
        html = "<html><body><h1>414 Request-URI Too Large</h1></body></html>"
        raise Refusal(414, html, {"Content-Type": "text/html"})
    return found


def where(text: str):
    """A test for ``A=="b" AND C.D==guid("…")``; anything else is refused."""
    wanted = []
    for part in re.split(r"\s+AND\s+|&&", text) if text else []:
        found = CONDITION.match(part.strip())
        if found is None:
            raise bad(f"The filter “{part}” cannot be read")
        wanted.append((found[1].split("."), re.sub(r"\\(.)", r"\1", found[2])))
    return lambda record: all(reached(record, path) == value for path, value in wanted)


def reached(record, path: list[str]):
    for name in path:
        record = record.get(name) if isinstance(record, dict) else None
    return str(record) if record is not None else None


def changed(records, asked):
    """Those changed at or after the moment that ``If-Modified-Since`` names."""
    moment = since(asked.headers.get("if-modified-since", ""))
    return [one for one in records if moment is None or one["UpdatedDateUTC"] >= moment]


def page(records: list, query: dict) -> tuple[list, bool]:
    """(the records of the page, whether pages were asked for)."""
    if "page" not in query:
        return records, False
    number = max(1, int(query["page"]))
    size = int(query.get("pageSize") or PAGE)
    if size > LARGEST_PAGE:
        raise bad("pageSize must be 1000 or less", "ValidationException", 10)
    return records[(number - 1) * size : number * size], True

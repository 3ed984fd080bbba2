"""Keeps the books of a simulator in a file, so that the next start goes on with them."""

import json
import time
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

KEPT = ("organisation", "accounts", "tax_rates", "contacts", "invoices", "payments", "notes")
MONTHS = 60 * 24 * 3600  # seconds


def packed(value):
    for kind, name in ((Decimal, "$number"), (datetime, "$moment"), (date, "$day")):
        if isinstance(value, kind):
            return {name: str(value)}
    raise TypeError(type(value))


def unpacked(found: dict):
    readers = {
        "$number": Decimal,
        "$moment": datetime.fromisoformat,
        "$day": date.fromisoformat,
    }
    for name, read in readers.items():
        if name in found:
            return read(found[name])
    return found


def save(simulator, file: Path) -> None:
    """Write it whole or not at all."""
    books, identity = simulator.books, simulator.identity
    with books.lock:
        content = {name: getattr(books, name) for name in KEPT}
        content |= {"refresh": list(identity.refresh), "connections": identity.connections}
        text = json.dumps(content, default=packed)
        draft = file.with_suffix(".new")
        draft.write_text(text)
        draft.replace(file)


def load(simulator, file: Path) -> None:
    if not file.exists():
        return
    content = json.loads(file.read_text(), object_hook=unpacked)
    books = simulator.books
    for name in KEPT:
        setattr(books, name, content[name])
    for one in (*books.invoices.values(), *books.notes.values()):
        one["Contact"] = books.contacts[one["Contact"]["ContactID"]]
    simulator.identity.refresh = dict.fromkeys(content["refresh"], time.monotonic() + MONTHS)
    simulator.identity.connections = content["connections"]

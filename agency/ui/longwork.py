"""What takes longer than a request: handed over to the records, which stand above this package."""

from collections.abc import Callable
from typing import Any

BULK, EXPORT = "list step", "list export"

_starter: list[Callable] = []


def start_through(start: Callable) -> None:
    """Say who takes long work."""
    _starter[:] = [start]


def start(kind: str, title: str, **options: Any):
    """Ask for long work; the answer has the page of its progress as ``get_absolute_url()``."""
    return _starter[0](kind, title, **options)

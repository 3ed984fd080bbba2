"""Rendered documents by the hash of what was rendered, on disk, up to a limit."""

import os
from contextlib import suppress
from pathlib import Path

import structlog
from django.conf import settings

from agency.documents import files

log = structlog.get_logger(__name__)
MOST_FILES = 2000
LEFT_AFTER_PRUNING = 1500


def folder() -> Path:
    return Path(settings.MEDIA_ROOT) / "pdf"


def get(key: str) -> bytes | None:
    path = folder() / f"{key}.pdf"
    try:
        content = path.read_bytes()
        os.utime(path)  # the least used go first
    except OSError:
        return None
    return content


def put(key: str, content: bytes) -> None:
    """Keep a document; a full disk costs the cache, not the document."""
    try:
        files.write(folder() / f"{key}.pdf", [content])
        prune()
    except OSError as error:
        log.warning("A rendered document could not be kept.", error=str(error))


def prune() -> None:
    """Remove the least used documents when there are too many."""
    found = list(folder().glob("*.pdf"))
    if len(found) <= MOST_FILES:
        return
    found.sort(key=_used)
    for path in found[: len(found) - LEFT_AFTER_PRUNING]:
        with suppress(OSError):
            path.unlink()


def _used(path: Path) -> float:
    try:
        return path.stat().st_mtime
    except OSError:
        return 0

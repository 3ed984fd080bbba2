"""Files that are whole or not there: written beside, flushed to the disk, then renamed."""

import os
import secrets
from collections.abc import Iterable
from pathlib import Path

from django.core.files.storage import FileSystemStorage


def write(target: Path, chunks: Iterable[bytes]) -> None:
    """Write a file so that a crash or a full disk leaves the old one, or none, but no half."""
    target.parent.mkdir(parents=True, exist_ok=True)
    partial = target.with_name(f".{target.name}.{secrets.token_hex(4)}")
    try:
        with partial.open("xb") as file:
            for chunk in chunks:
                file.write(chunk)
            file.flush()
            os.fsync(file.fileno())
        partial.replace(target)
    finally:
        partial.unlink(missing_ok=True)
    _flush_folder(target.parent)


def _flush_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


class WholeFileStorage(FileSystemStorage):
    """Uploads on this machine's disk, each whole or not there."""

    def _save(self, name: str, content) -> str:
        write(Path(self.path(name)), content.chunks())
        return name

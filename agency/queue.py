"""The embedded queue: kombu's folder of messages, safe where a reader meets a writer.

A message appears under its name only when it is complete, and one reader takes it by renaming it
in place. The stock transport shows half-written files and takes them by way of the system's
temporary folder, where a copy can be lost or read twice.
"""

import contextlib
import os
import uuid
from pathlib import Path
from queue import Empty
from time import time_ns

from kombu.transport import TRANSPORT_ALIASES, filesystem
from kombu.utils.json import dumps, loads


class Channel(filesystem.Channel):
    """One connection to the folder."""

    def _put(self, queue: str, payload, **kwargs) -> None:
        folder = Path(self.data_folder_out)
        name = f"{time_ns()}_{uuid.uuid4().hex}.{queue}.msg"
        partial = folder / f"{name}.partial"
        partial.write_text(dumps(payload))
        partial.rename(folder / name)

    def _get(self, queue: str):
        folder = Path(self.data_folder_in)
        suffix = f"{queue}.msg"
        for name in sorted(os.listdir(folder)):  # noqa: PTH208 names are all that is needed
            if name.partition(".")[2] != suffix:
                continue
            taken = folder / f"{name}.taken"
            with contextlib.suppress(FileNotFoundError):  # another reader was faster
                (folder / name).rename(taken)
                message = loads(taken.read_text())
                taken.unlink()
                return message
        raise Empty


class Transport(filesystem.Transport):
    """``filesystem://`` as the product means it."""

    Channel = Channel


def install() -> None:
    """Make ``filesystem://`` mean this transport."""
    TRANSPORT_ALIASES["filesystem"] = "agency.queue:Transport"

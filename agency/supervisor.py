"""Runs a few child processes as one: when it ends, or one of them does, all end."""

import ctypes
import os
import signal
import subprocess
import time
from pathlib import Path

GRACE_SECONDS = 10
SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
_libc = ctypes.CDLL(None, use_errno=True)
_DIE_WITH_PARENT = 1  # PR_SET_PDEATHSIG of prctl(2)


class Stopped(Exception):  # noqa: N818 an order, not an error
    """Somebody asked this process to end."""


class Supervisor:
    """A handful of named children, each the leader of its own process group."""

    def __init__(self, folder: Path, grace: float = GRACE_SECONDS) -> None:
        self.grace = grace
        self.folder = folder
        self.children: dict[str, subprocess.Popen] = {}
        for number in SIGNALS:
            signal.signal(number, self._asked_to_stop)

    def start(self, name: str, command: list[str], **environment: str) -> None:
        self.children[name] = subprocess.Popen(  # noqa: S603 our own command lines
            command,
            cwd=self.folder,
            env=os.environ | environment,
            start_new_session=True,
            preexec_fn=_end_with_parent,  # noqa: PLW1509 no thread runs before the children do
        )

    def ended(self) -> tuple[str, int] | None:
        """The name and exit code of a child that is no longer running."""
        for name, child in self.children.items():
            if child.poll() is not None:
                return name, child.returncode
        return None

    def watch(self) -> tuple[str, int]:
        """Wait until a child ends by itself."""
        while (found := self.ended()) is None:
            time.sleep(0.2)
        return found

    def stop(self) -> None:
        """End every child and whatever it has started: politely, then by force."""
        for number in SIGNALS:
            signal.signal(number, signal.SIG_IGN)
        for child in self.children.values():
            if child.poll() is None:
                child.terminate()
        deadline = time.monotonic() + self.grace
        for child in self.children.values():
            _wait(child, max(0, deadline - time.monotonic()))
            _kill_group(child.pid)

    def _asked_to_stop(self, number, frame) -> None:
        raise Stopped


def _wait(child: subprocess.Popen, seconds: float) -> None:
    try:
        child.wait(seconds)
    except subprocess.TimeoutExpired:
        child.kill()
        child.wait()


def _kill_group(leader: int) -> None:
    try:
        os.killpg(leader, signal.SIGKILL)
    except ProcessLookupError:
        return


def _end_with_parent() -> None:
    # Where the supervisor itself is killed, the kernel still ends its children.
    _libc.prctl(_DIE_WITH_PARENT, signal.SIGTERM)

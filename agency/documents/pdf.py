"""PDF from HTML, by one long-lived renderer process that all threads of this process share.

The process is started when first needed, limited in time, memory and processor, allowed to read
``data:`` URLs only (and the folder that the caller names), and replaced after some hundred
documents or when it breaks a limit.
"""

import hashlib
import os
import subprocess
import sys
import threading
from contextlib import suppress
from pathlib import Path

import structlog
from django.conf import settings

from agency.documents import fonts, pdfcache, renderer
from agency.errors import BusinessError

log = structlog.get_logger(__name__)
SECONDS = 60  # for one document, the start of the process included
DOCUMENTS = 300  # rendered by one process before a fresh one takes over
LARGEST_BYTES = 30 * 1024 * 1024  # of HTML


class DocumentError(BusinessError):
    """The document could not be rendered within the limits."""

    code = "not_rendered"


class _DiedError(Exception):
    """The renderer went away without an answer."""


def render(html: str, *, base: Path | None = None) -> bytes:
    """The PDF of a page of HTML; the same HTML again comes from the cache.

    ``base`` is the folder with the document's own media, for relative addresses; such a document
    is not cached. Everything else must be embedded as ``data:``. Raises ``DocumentError``.
    """
    if len(html) > LARGEST_BYTES:
        raise DocumentError("The document is too long to be printed.")
    if base is not None:
        return _renderer.render(html, str(base))
    typeface = fonts.version(settings.VAR_DIR / "assets")
    key = hashlib.sha256(f"{typeface}\0{html}".encode()).hexdigest()
    found = pdfcache.get(key)
    if found is None:
        found = _renderer.render(html, "")
        pdfcache.put(key, found)
    return found


class Renderer:
    """The process and the one lock around it."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._process: subprocess.Popen | None = None
        self._rendered = 0

    def render(self, html: str, base: str) -> bytes:
        with self._lock:
            try:
                return self._ask(html, base)
            except _DiedError:
                log.warning("The renderer died; a fresh one tries once more.")
            try:
                return self._ask(html, base)
            except _DiedError as error:
                raise DocumentError("The document could not be rendered.") from error

    @property
    def pid(self) -> int | None:
        return self._process.pid if self._process else None

    def stop(self) -> None:
        """End the process; the next document starts a fresh one."""
        process, self._process, self._rendered = self._process, None, 0
        if process:
            process.kill()
            process.wait()
            for pipe in (process.stdin, process.stdout):
                with suppress(OSError):
                    pipe.close()

    def _ask(self, html: str, base: str) -> bytes:
        process = self._running()
        late = threading.Event()
        timer = threading.Timer(SECONDS, lambda: (late.set(), process.kill()))
        timer.start()
        try:
            status, body = self._exchange(process, html.encode(), base.encode())
        except (OSError, EOFError) as error:
            self.stop()
            if late.is_set() or process.returncode == -_SIGXCPU:
                raise DocumentError("The document takes too long to render.") from error
            raise _DiedError from error
        finally:
            timer.cancel()
        self._rendered += 1
        if status == renderer.REFUSED:
            self._refused(body.decode(errors="replace"))
        return body

    def _exchange(self, process, html: bytes, base: bytes) -> tuple[bytes, bytes]:
        process.stdin.write(renderer.REQUEST.pack(len(html), len(base)) + html + base)
        process.stdin.flush()
        status, length = renderer.ANSWER.unpack(_read(process, renderer.ANSWER.size))
        return status, _read(process, length)

    def _refused(self, reason: str) -> None:
        log.warning("The renderer refused a document.", reason=reason[:500])
        self.stop()
        if reason.startswith("The renderer cannot start"):
            raise RuntimeError(reason)
        if reason.startswith("MemoryError"):
            raise DocumentError("The document needs too much memory to be rendered.")
        raise DocumentError("The document could not be rendered.")

    def _running(self) -> subprocess.Popen:
        worn = self._rendered >= DOCUMENTS
        if self._process and (worn or self._process.poll() is not None):
            self.stop()
        if self._process is None:
            self._process = subprocess.Popen(  # noqa: S603 our own file, no shell
                _command(),
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                env=_environment(),
                cwd="/",
            )
        return self._process

    def forget(self) -> None:
        """In a forked child: the parent's process is not ours."""
        self.__init__()


def _read(process, length: int) -> bytes:
    data = process.stdout.read(length)
    if len(data) < length:
        raise EOFError
    return data


def _command() -> list[str]:
    folders = [str(settings.VAR_DIR / "assets"), str(settings.VAR_DIR / "fonts")]
    return [sys.executable, "-P", "-m", renderer.__name__, str(os.getpid()), *folders]


def _environment() -> dict[str, str]:
    """What the renderer needs to run, and no secret."""
    kept = {name: os.environ[name] for name in ("PATH", "LANG", "TMPDIR") if name in os.environ}
    return {**kept, "PYTHONPATH": str(settings.BASE_DIR)}


_SIGXCPU = 24
_renderer = Renderer()
os.register_at_fork(after_in_child=_renderer.forget)

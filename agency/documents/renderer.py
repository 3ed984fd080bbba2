"""The renderer: a process of its own that turns HTML into PDF, and nothing else.

``pdf.py`` starts it without the product's settings or secrets. It reads requests from standard
input, answers on standard output, and ends with its parent. A request is two lengths and two
texts (HTML, folder of the document's media or nothing); an answer is a status byte, a length and
the PDF or the reason.
"""

import gc
import logging
import os
import re
import resource
import signal
import struct
import sys
import threading
import time
from functools import cache, lru_cache
from pathlib import Path
from urllib.parse import unquote, urlsplit

from agency.documents import fonts

MEMORY_BYTES = 1536 * 1024 * 1024
LARGEST_FILE_BYTES = 256 * 1024 * 1024
CPU_SECONDS = 45  # for one document
REQUEST = struct.Struct(">QQ")
ANSWER = struct.Struct(">cQ")
DONE, REFUSED = b"+", b"-"
SHARED_STYLE = re.compile(r"<style data-shared>(.*?)</style>", re.DOTALL)


def limit_resources() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_FSIZE, (LARGEST_FILE_BYTES, LARGEST_FILE_BYTES))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def allow_cpu_for_one_document() -> None:
    """Going over ends the process: the limit counts from its start, so it moves along."""
    used = int(time.process_time()) + 1
    resource.setrlimit(resource.RLIMIT_CPU, (used + CPU_SECONDS, resource.RLIM_INFINITY))


def end_with(parent: int) -> None:
    """End soon after the parent did, even in the middle of a document."""

    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(0.25)
        os._exit(0)

    threading.Thread(target=watch, daemon=True).start()


def fetcher(base: str):
    """Fetch ``data:`` URLs, and files inside the folder ``base`` where one is given."""
    from weasyprint.urls import URLFetcher  # noqa: PLC0415 slow to load

    folder = Path(base).resolve() if base else None

    class OwnMedia(URLFetcher):
        def fetch(self, url, headers=None):
            parts = urlsplit(url)
            if parts.scheme.lower() == "file":
                path = Path(unquote(parts.path)).resolve()
                if folder is None or not path.is_relative_to(folder):
                    raise ValueError("A document reads its own media only.")
            return super().fetch(url, headers)

    return OwnMedia(
        timeout=1,
        allowed_protocols={"data", "file"} if folder else {"data"},
        allow_redirects=False,
    )


@cache
def fonts_at_hand():
    from weasyprint.text.fonts import FontConfiguration  # noqa: PLC0415 reads the fonts

    return FontConfiguration()


@lru_cache(maxsize=8)
def stylesheet(text: str):
    """The style sheet that all documents of a kind share, parsed once."""
    from weasyprint import CSS  # noqa: PLC0415 slow to load

    return CSS(string=text, base_url="data:,", url_fetcher=fetcher(""))


def rendered(html: str, base: str = "") -> bytes:
    from weasyprint import HTML  # noqa: PLC0415 slow to load

    shared = [stylesheet(text) for text in SHARED_STYLE.findall(html)]
    base_url = f"{Path(base).resolve().as_uri()}/" if base else "data:,"
    document = HTML(
        string=SHARED_STYLE.sub("", html) if shared else html,
        base_url=base_url,
        url_fetcher=fetcher(base),
    )
    own_fonts = None if "@font-face" in html else fonts_at_hand()
    return document.write_pdf(stylesheets=shared, font_config=own_fonts)


def read(length: int) -> bytes:
    data = sys.stdin.buffer.read(length)
    if len(data) < length:
        raise EOFError
    return data


def answer(status: bytes, body: bytes) -> None:
    sys.stdout.buffer.write(ANSWER.pack(status, len(body)) + body)
    sys.stdout.buffer.flush()


def serve() -> None:
    """Answer one request after the other until the parent closes the pipe."""
    logging.getLogger("weasyprint").setLevel(logging.CRITICAL)
    logging.getLogger("fontTools").setLevel(logging.CRITICAL)
    allow_cpu_for_one_document()
    rendered("<p>warm <b>up</b>")
    gc.freeze()
    gc.set_threshold(200_000, 20, 20)  # else a fifth of the time goes into looking for waste
    while True:
        gc.collect()
        lengths = REQUEST.unpack(read(REQUEST.size))
        html, base = (read(length).decode() for length in lengths)
        allow_cpu_for_one_document()
        try:
            answer(DONE, rendered(html, base))
        except Exception as error:  # noqa: BLE001 the document is to blame, whatever it did
            answer(REFUSED, f"{type(error).__name__}: {error}".encode(errors="replace"))
            if isinstance(error, MemoryError):
                os._exit(1)


def main() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the parent
    parent, assets, folder = sys.argv[1:]
    end_with(int(parent))
    limit_resources()
    try:
        fonts.prepare(Path(assets), Path(folder))
        serve()
    except (EOFError, BrokenPipeError):
        os._exit(0)
    except (ImportError, OSError) as error:
        answer(REFUSED, f"The renderer cannot start: {error}".encode(errors="replace"))


if __name__ == "__main__":
    main()

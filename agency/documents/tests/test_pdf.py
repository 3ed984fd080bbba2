"""Documents are printed by one limited process that survives its own death."""

import os
import re
import signal
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from pathlib import Path

import pytest
from django.conf import settings
from django.template.loader import render_to_string
from pypdf import PdfReader

from agency.documents import pdf, pdfcache

SVG = (
    "<img src=\"data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg'>"
    "<image href='http://127.0.0.1:{port}/f.png' width='9' height='9'/></svg>\">"
)
SLOW = "<table>" + "<tr><td>cell<td>cell<td>cell" * 40_000


def text_of(content: bytes) -> str:
    return "\n".join(page.extract_text() for page in PdfReader(BytesIO(content)).pages)


def test_a_page_of_html_becomes_a_pdf():
    content = pdf.render("<h1>Tax invoice</h1><p>AUD 1,100.00")
    assert content[:5] == b"%PDF-"
    assert text_of(content).split("\n") == ["Tax invoice", "AUD 1,100.00"]


def test_the_same_page_again_comes_from_the_cache(monkeypatch):
    first = pdf.render("<p>Once")
    monkeypatch.setattr(pdf._renderer, "render", None)
    assert pdf.render("<p>Once") == first


def test_the_cache_is_bounded_and_keeps_what_is_used(monkeypatch):
    monkeypatch.setattr(pdfcache, "MOST_FILES", 3)
    monkeypatch.setattr(pdfcache, "LEFT_AFTER_PRUNING", 2)
    for number in range(3):
        pdfcache.put(str(number), b"%PDF-")
        os.utime(pdfcache.folder() / f"{number}.pdf", (number, number))
    assert pdfcache.get("0") == b"%PDF-"
    pdfcache.put("3", b"%PDF-")
    assert sorted(path.stem for path in pdfcache.folder().iterdir()) == ["0", "3"]


def test_a_full_disk_costs_the_cache_and_not_the_document(monkeypatch):
    def full(descriptor):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    assert pdf.render("<p>No room")[:5] == b"%PDF-"
    assert list(pdfcache.folder().iterdir()) == []


def test_many_threads_share_one_process():
    pdf.render("<p>start")
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda n: pdf.render(f"<p>Number {n}"), range(16)))
        pids = {pdf._renderer.pid for _ in found}
    assert [text_of(content) for content in found] == [f"Number {n}" for n in range(16)]
    assert len(pids) == 1


def test_a_renderer_that_was_killed_is_replaced():
    pdf.render("<p>before")
    killed = pdf._renderer.pid
    os.kill(killed, signal.SIGKILL)
    assert text_of(pdf.render("<p>after")) == "after"
    assert pdf._renderer.pid != killed


def test_a_renderer_is_replaced_after_so_many_documents(monkeypatch):
    monkeypatch.setattr(pdf, "DOCUMENTS", 1)
    pdf.render("<p>the last of this one")
    worn = pdf._renderer.pid
    pdf.render("<p>the first of the next")
    assert pdf._renderer.pid != worn


def test_a_document_that_takes_too_long_is_refused_and_the_next_one_is_not(monkeypatch):
    pdf.render("<p>warm")
    with monkeypatch.context() as patch:
        patch.setattr(pdf, "SECONDS", 0.3)
        with pytest.raises(pdf.DocumentError, match="takes too long"):
            pdf.render(SLOW)
    assert text_of(pdf.render("<p>next")) == "next"


def test_a_document_that_is_too_long_is_refused(monkeypatch):
    monkeypatch.setattr(pdf, "LARGEST_BYTES", 10)
    with pytest.raises(pdf.DocumentError, match="too long"):
        pdf.render("<p>more than ten")


@pytest.mark.parametrize(
    "html",
    [
        '<img src="http://127.0.0.1:{port}/a.png">',
        '<link rel="stylesheet" href="http://127.0.0.1:{port}/a.css">',
        '<link rel="attachment" href="file:///etc/passwd">',
        '<style>@import "http://127.0.0.1:{port}/b.css"</style>',
        "<style>@font-face {{ font-family: x; src: url(http://127.0.0.1:{port}/c) }}</style>",
        '<i style="background: url(http://127.0.0.1:{port}/d.png)">',
        '<object data="http://127.0.0.1:{port}/e.html"></object>',
        SVG,
    ],
)
def test_a_document_fetches_nothing(html):
    import socket

    with socket.create_server(("127.0.0.1", 0)) as server:
        server.setblocking(False)
        page = html.format(port=server.getsockname()[1])
        content = pdf.render(f"<p>Words{page}")
        with pytest.raises(BlockingIOError):
            server.accept()
    assert text_of(content) == "Words"
    assert PdfReader(BytesIO(content)).attachments == {}


def test_a_document_reads_its_own_folder_and_no_other(tmp_path):
    from PIL import Image

    own, other = tmp_path / "own", tmp_path / "other"
    for folder in (own, other):
        folder.mkdir()
        Image.new("RGB", (2, 2), "red").save(folder / "red.png")
    (own / "link.png").symlink_to(other / "red.png")

    def pictures(source):
        content = pdf.render(f'<img src="{source}">', base=own)
        return len(PdfReader(BytesIO(content)).pages[0].images)

    assert pictures("red.png") == 1
    assert pictures("../other/red.png") == 0
    assert pictures("link.png") == 0
    assert pictures((other / "red.png").as_uri()) == 0


def test_the_renderer_knows_no_secret(monkeypatch):
    monkeypatch.setenv("SECRET_KEY", "s3cret")
    pdf._renderer.stop()
    pdf.render("<p>start")
    assert "s3cret" not in Path(f"/proc/{pdf._renderer.pid}/environ").read_text()


@pytest.mark.parametrize("busy", [False, True])
def test_the_renderer_ends_with_its_parent(busy, tmp_path):
    script = (
        "import os, threading, django; django.setup();"
        "from agency.documents import pdf; from agency.documents.tests.test_pdf import SLOW;"
        "pdf.render('<p>short life');"
        f"{busy} and threading.Thread(target=pdf.render, args=[SLOW]).start();"
        f"{busy} and threading.Event().wait(0.3);"
        "print(pdf._renderer.pid, flush=True); os._exit(0)"
    )
    done = subprocess.run(
        [sys.executable, "-c", script],
        capture_output=True,
        text=True,
        check=True,
        cwd=settings.BASE_DIR,
        env={
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "agency.settings",
            "DEBUG": "1",
            "VAR_DIR": str(tmp_path),
        },
    )
    tick, pid = threading.Event(), int(done.stdout)
    for _ in range(60):
        if not is_running(pid):
            return
        tick.wait(0.05)
    pytest.fail("The renderer outlived its parent.")


def is_running(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().split()[2] != "Z"
    except FileNotFoundError:
        return False


def test_pages_are_numbered_and_carry_the_documents_name():
    html = render_to_string("documents/base.html", {"title": "INV-2026-00007"})
    html = html.replace("</body>", "<p>One</p><p class='new-page'>Two</p></body>")
    pages = [page.extract_text() for page in PdfReader(BytesIO(pdf.render(html))).pages]
    assert [re.findall(r"Page \d of \d", page) for page in pages] == [
        ["Page 1 of 2"],
        ["Page 2 of 2"],
    ]
    assert all("INV-2026-00007" in page for page in pages)

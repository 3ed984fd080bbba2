"""Uploads: told by their content, whole or not there, never served as a page."""

import io
import os
import tracemalloc
import zipfile
from datetime import timedelta

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError
from django.utils import timezone
from PIL import Image

from agency.errors import BusinessError, NotAllowedError
from agency.records import history
from agency.records.files import jobs
from agency.records.files import operations as files
from agency.records.files.models import Attachment
from crm.customers.models import Customer


@pytest.fixture
def acme(db):
    return Customer.objects.create(name="Acme")


def picture(kind="PNG") -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (2, 2), "red").save(out, kind)
    return out.getvalue()


def archive(**parts) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        for name, content in parts.items():
            made.writestr(name.replace("__", "/").replace("_dot_", "."), content)
    return out.getvalue()


def upload(name="plan.png", content=None, content_type="image/png"):
    return SimpleUploadedFile(name, picture() if content is None else content, content_type)


def stored() -> list[str]:
    try:
        return default_storage.listdir("attachments")[1]
    except FileNotFoundError:
        return []


def test_a_file_is_kept_under_a_random_name(acme, staff):
    jane, content = staff(), picture()
    attachment = files.create(acme, by=jane, file=upload())
    assert attachment.name == "plan.png"
    assert (attachment.content_type, attachment.size) == ("image/png", len(content))
    assert len(attachment.sha256) == 64
    assert len(stored()) == 1
    assert len(stored()[0]) == 32
    assert "plan" not in attachment.file.name
    with default_storage.open(attachment.file.name) as kept:
        assert kept.read() == content
    [event] = history.history_of(acme)
    assert (event.verb, event.by) == ("file_added", jane)
    assert event.changes == {"file": [None, {"name": "plan.png", "size": len(content)}]}


@pytest.mark.parametrize(
    ("name", "content", "kind"),
    [
        ("a.JPG", picture("JPEG"), "image/jpeg"),
        ("a.gif", picture("GIF"), "image/gif"),
        ("a.pdf", b"%PDF-1.7 rest", "application/pdf"),
        ("a.txt", "Grüße".encode(), "text/plain"),
        ("a.csv", b"a,b\n1,2\n", "text/csv"),
        ("a.zip", archive(a="b"), "application/zip"),
        (
            "a.docx",
            archive(z="first", word__document_dot_xml="x", **{"[Content_Types]_dot_xml": "x"}),
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        ),
        (
            "a.odt",
            archive(mimetype="application/vnd.oasis.opendocument.text", content_dot_xml="x"),
            "application/vnd.oasis.opendocument.text",
        ),
    ],
)
def test_ordinary_files_are_taken(acme, staff, name, content, kind):
    file = upload(name, content, "application/octet-stream")
    assert files.create(acme, by=staff(), file=file).content_type == kind


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("page.png", b"<!doctype html><script>alert(1)</script>"),
        ("page.html", b"<html><script>alert(1)</script>"),
        ("image.svg", b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'),
        ("image.png", b'<svg xmlns="http://www.w3.org/2000/svg"><script>1</script></svg>'),
        ("page.png", picture("GIF")),
        ("picture.html", picture()),
        ("plan.png.exe", picture()),
        ("tool.exe", b"MZ" + b"\0" * 100),
        ("tool.txt", b"MZ" + b"\0" * 100),
        ("script.sh", b"#!/bin/sh\nrm -rf /\n"),
        ("note.txt", b"\xff\xfe\x00binary"),
        ("macro.docx", archive(a="b")),
        ("broken.docx", b"PK\x03\x04 and nothing else"),
        ("none", picture()),
        ("empty.png", b""),
        (".png", picture()),
        ("  ", picture()),
    ],
)
def test_other_files_are_refused_and_leave_nothing(acme, staff, name, content):
    with pytest.raises(BusinessError) as refused:
        files.create(acme, by=staff(), file=upload("x", content), name=name)
    assert refused.value.field == "file"
    assert stored() == []
    assert Attachment.objects.count() == 0


def packed(content: bytes) -> bytes:
    """An archive that claims to be a text document, with that as the name of its kind."""
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("mimetype", content)
    return kept.getvalue()


def test_an_archive_that_swells_is_read_no_further_than_needed(acme, staff):
    bomb = packed(b"0" * 64 * 1024**2)
    tracemalloc.start()
    try:
        with pytest.raises(BusinessError):
            files.create(acme, by=staff(), file=upload("plan.odt", bomb))
        most = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert most < 8 * 1024**2


def test_a_broken_archive_is_refused(acme, staff):
    broken = bytearray(packed(b"application/vnd.oasis.opendocument.text"))
    start = broken.index(b"mimetype") + len(b"mimetype")
    broken[start : start + 8] = b"\xff" * 8
    with pytest.raises(BusinessError):
        files.create(acme, by=staff(), file=upload("plan.odt", bytes(broken)))
    assert stored() == []


def test_a_file_that_is_too_large_is_refused(acme, staff, settings):
    settings.MAX_UPLOAD_BYTES = len(picture()) - 1
    with pytest.raises(BusinessError, match="at most"):
        files.create(acme, by=staff(), file=upload())
    assert stored() == []


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("../../etc/passwd.png", "passwd.png"),
        ("C:\\Users\\Kim\\plan.png", "plan.png"),
        ("/abs/plan.png", "plan.png"),
        ("plan\r\nX-Evil: 1.png", "planX-Evil: 1.png"),
        ("invoice\u202egnp.png", "invoicegnp.png"),
        ("..\\..\\plan.png", "plan.png"),
        (f"{'x' * 300}.png", f"{'x' * 196}.png"),
    ],
)
def test_names_are_made_harmless(sent, kept):
    assert files.sound_name(sent) == kept


def test_a_full_disk_leaves_neither_file_nor_row(acme, staff, monkeypatch):
    def full(descriptor):
        raise OSError(28, "No space left on device")

    jane = staff()
    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        files.create(acme, by=jane, file=upload())
    assert stored() == []
    assert Attachment.objects.count() == 0


def test_a_row_that_cannot_be_written_takes_its_file_along(acme, staff, monkeypatch):
    def refuse(self, **kwargs):
        raise DatabaseError

    jane = staff()
    monkeypatch.setattr(Attachment, "save", refuse)
    with pytest.raises(DatabaseError):
        files.create(acme, by=jane, file=upload())
    assert stored() == []


def test_a_removed_file_is_gone_after_the_commit(acme, staff, django_capture_on_commit_callbacks):
    jane = staff()
    attachment = files.create(acme, by=jane, file=upload())
    with django_capture_on_commit_callbacks(execute=True):
        files.delete(attachment, by=jane)
        assert len(stored()) == 1
    assert stored() == []
    assert history.history_of(acme)[0].verb == "file_removed"


def test_only_the_sender_and_those_who_manage_the_records_remove_a_file(acme, staff):
    attachment = files.create(acme, by=staff(customers="update"), file=upload())
    with pytest.raises(NotAllowedError):
        files.delete(attachment, by=staff(customers="update"))
    assert Attachment.objects.count() == 1
    files.delete(attachment, by=staff(customers="manage"))
    assert Attachment.objects.count() == 0


def test_files_that_no_record_knows_are_cleared_away_after_a_day(acme, staff):
    assert jobs.clear_away() == 0
    attachment = files.create(acme, by=staff(), file=upload())
    old = (timezone.now() - timedelta(days=2)).timestamp()
    for name in ("lost", "young"):
        default_storage.save(f"attachments/{name}", upload())
    for name in ("lost", attachment.file.name.rpartition("/")[2]):
        os.utime(default_storage.path(f"attachments/{name}"), (old, old))
    assert jobs.clear_away() == 1
    assert sorted(stored()) == sorted(["young", attachment.file.name.rpartition("/")[2]])

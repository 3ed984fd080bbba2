"""A file is whole or not there; a picture is embedded or left out."""

import os
from io import BytesIO

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from PIL import Image

from agency.documents import files, media


@pytest.fixture
def storage(tmp_path):
    return files.WholeFileStorage(location=tmp_path / "store")


def test_a_file_is_written_whole(tmp_path):
    files.write(tmp_path / "new" / "a.txt", [b"one", b"two"])
    assert (tmp_path / "new" / "a.txt").read_bytes() == b"onetwo"


def test_a_full_disk_leaves_the_old_file_and_no_rest(tmp_path, monkeypatch):
    def full(descriptor):
        raise OSError(28, "No space left on device")

    target = tmp_path / "a.txt"
    target.write_bytes(b"old")
    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        files.write(target, [b"new"])
    assert [path.name for path in tmp_path.iterdir()] == ["a.txt"]
    assert target.read_bytes() == b"old"


def test_uploads_go_to_the_disk_whole(storage):
    name = storage.save("a/b.bin", ContentFile(b"content"))
    with storage.open(name) as stored:
        assert stored.read() == b"content"


def test_an_upload_cannot_leave_its_folder(storage):
    from django.core.exceptions import SuspiciousFileOperation

    with pytest.raises(SuspiciousFileOperation):
        storage.save("../../outside", ContentFile(b"content"))


def stored(name, content):
    return default_storage.save(name, ContentFile(content))


def picture(tmp_path, size, noise=False):
    target = tmp_path / "picture.png"
    made = Image.effect_noise(size, 90) if noise else Image.new("RGB", size, "blue")
    made.save(target)
    return target.read_bytes()


def test_a_logo_is_embedded(tmp_path):
    name = stored("logo.png", picture(tmp_path, (20, 10)))
    assert media.data_uri(name).startswith("data:image/png;base64,iVBOR")


def test_a_large_logo_is_reduced(tmp_path):
    large = picture(tmp_path, (2000, 1000), noise=True)
    reduced = media.smaller(large)
    assert len(reduced) < len(large)
    assert Image.open(BytesIO(reduced)).size == (900, 450)
    assert media.data_uri(stored("large.png", large)).startswith("data:image/png;base64,iVBOR")


def test_what_is_no_picture_is_left_out():
    assert media.data_uri("") == ""
    assert media.data_uri("gone.png") == ""
    assert media.data_uri(stored("page.png", b"<script>alert(1)</script>")) == ""

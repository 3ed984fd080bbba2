"""Which files may be uploaded: told by their content, never by what the sender claims."""

import io
import lzma
import zipfile
import zlib
from pathlib import PurePath

import filetype

from agency.errors import BusinessError

OFFICE = "application/vnd.openxmlformats-officedocument"
OPEN = "application/vnd.oasis.opendocument"
# What the content is, and the endings under which it may come.
KINDS = {
    "image/png": ("png",),
    "image/jpeg": ("jpg", "jpeg"),
    "image/gif": ("gif",),
    "image/webp": ("webp",),
    "application/pdf": ("pdf",),
    "application/zip": ("zip",),
    "audio/mpeg": ("mp3",),
    "video/mp4": ("mp4", "m4v"),
    "video/quicktime": ("mov",),
    f"{OFFICE}.wordprocessingml.document": ("docx",),
    f"{OFFICE}.spreadsheetml.sheet": ("xlsx",),
    f"{OFFICE}.presentationml.presentation": ("pptx",),
    f"{OPEN}.text": ("odt",),
    f"{OPEN}.spreadsheet": ("ods",),
    f"{OPEN}.presentation": ("odp",),
}
TEXTS = {"txt": "text/plain", "md": "text/plain", "csv": "text/csv"}
# Office files are archives; an unusual order of parts hides their type from the first bytes.
PARTS = {"docx": "word/", "xlsx": "xl/", "pptx": "ppt/", "odt": "", "ods": "", "odp": ""}
# What a broken archive, or one that is packed in a way that we do not read, raises.
UNREADABLE = (zipfile.BadZipFile, OSError, RuntimeError, EOFError, zlib.error, lzma.LZMAError)
ENDINGS = sorted({ending for endings in KINDS.values() for ending in endings} | set(TEXTS))


def kind_of(name: str, content: bytes) -> str:
    """The MIME type of an upload. Raises ``BusinessError`` where it is not one that we take."""
    ending = PurePath(name).suffix.lower().removeprefix(".")
    found = filetype.guess_mime(content)
    if found is None and ending in TEXTS and is_text(content):
        return TEXTS[ending]
    if found == "application/zip" and ending in PARTS and is_office(content, ending):
        return next(kind for kind, endings in KINDS.items() if ending in endings)
    if found in KINDS and ending in KINDS[found]:
        return found
    if found in KINDS:
        wanted = KINDS[found][0]
        raise BusinessError(f"The content of this file is that of a .{wanted} file.", field="file")
    raise BusinessError(f"Files of these kinds are taken: {', '.join(ENDINGS)}.", field="file")


def told_by(archive: zipfile.ZipFile, most: int) -> bytes:
    """The kind that an archive names itself, read no further than it can be: it may be a bomb."""
    with archive.open("mimetype") as part:
        return part.read(most + 1)


def is_text(content: bytes) -> bool:
    try:
        return "\0" not in content.decode()
    except UnicodeDecodeError:
        return False


def is_office(content: bytes, ending: str) -> bool:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = archive.namelist()
            if ending in {"odt", "ods", "odp"}:
                kind = next(kind for kind, endings in KINDS.items() if ending in endings)
                return "mimetype" in names and told_by(archive, len(kind)) == kind.encode()
    except UNREADABLE:
        return False
    return "[Content_Types].xml" in names and any(n.startswith(PARTS[ending]) for n in names)

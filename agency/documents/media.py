"""Pictures inside a document, embedded as ``data:`` addresses: the renderer fetches nothing."""

import base64
from io import BytesIO

import filetype
from django.core.cache import cache
from django.core.files.storage import default_storage

PICTURES = {"image/png", "image/jpeg", "image/gif", "image/webp"}
LARGE_BYTES = 200 * 1024
MOST_PIXELS = 900  # along the longer side; four centimetres in print at 600 dpi
CACHE_SECONDS = 600


def data_uri(name: str) -> str:
    """A stored picture, such as the organisation's logo, as a ``data:`` address.

    Empty where there is none (any more) or where the file is not a picture.
    """
    if not name:
        return ""
    key = f"embedded:{name.replace(' ', '_')}"  # a new upload has a new name
    found = cache.get(key)
    if found is None:
        found = _read(name)
        cache.set(key, found, CACHE_SECONDS)
    return found


def _read(name: str) -> str:
    try:
        with default_storage.open(name) as stored:
            content = stored.read()
    except OSError:
        return ""
    kind = filetype.guess_mime(content)
    if kind not in PICTURES:
        return ""
    if len(content) > LARGE_BYTES:
        kind, content = "image/png", smaller(content)
    return f"data:{kind};base64,{base64.b64encode(content).decode()}"


def smaller(content: bytes) -> bytes:
    """A picture reduced to what print can show, as PNG."""
    from PIL import Image  # noqa: PLC0415 slow to load

    picture = Image.open(BytesIO(content))
    picture.thumbnail((MOST_PIXELS, MOST_PIXELS))
    out = BytesIO()
    picture.convert("RGBA").save(out, "PNG")
    return out.getvalue()

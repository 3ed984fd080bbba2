"""The organisation's logo: read as a picture, drawn anew, kept under a name that tells nothing."""

import hashlib
import io

from django.core.files.base import ContentFile

from agency.errors import BusinessError

MOST_BYTES = 2 * 1024 * 1024
MOST_PIXELS = 20_000_000
LARGEST_SIDE = 1200  # pixels; print needs no more for a letterhead
KINDS = {"PNG": "png", "JPEG": "jpg", "WEBP": "png"}


def file_of(upload) -> ContentFile:
    """The picture in an upload as a clean file of at most 1200 pixels a side.

    The kind is read from the content (PNG, JPEG, WebP). Drawing it anew drops whatever else the
    file carried. The name follows from the content, so that the logo on an issued invoice stays
    while the organisation has a new one. Raises ``BusinessError`` on the field ``logo``.
    """
    if upload.size > MOST_BYTES:
        raise BusinessError("A logo has at most 2 MB.", field="logo")
    upload.seek(0)
    content, ending = _redrawn(upload.read())
    name = hashlib.sha256(content).hexdigest()[:32]
    return ContentFile(content, name=f"{name}.{ending}")


def _redrawn(content: bytes) -> tuple[bytes, str]:
    from PIL import Image, ImageOps  # noqa: PLC0415 slow to load

    try:
        picture = Image.open(io.BytesIO(content), formats=list(KINDS))
        is_small = picture.width * picture.height <= MOST_PIXELS
        drawn: Image.Image = ImageOps.exif_transpose(picture) if is_small else picture
    except Exception as error:
        raise BusinessError(
            "This is not a picture in PNG, JPEG or WebP format.", field="logo"
        ) from error
    if not is_small:
        raise BusinessError("The picture has too many pixels.", field="logo")
    ending = KINDS[str(picture.format)]
    drawn = drawn.convert("RGBA" if ending == "png" else "RGB")
    drawn.thumbnail((LARGEST_SIDE, LARGEST_SIDE))
    kept = io.BytesIO()
    drawn.save(kept, format="PNG" if ending == "png" else "JPEG", optimize=True)
    return kept.getvalue(), ending

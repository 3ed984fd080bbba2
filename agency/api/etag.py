"""Entity tags: which version of a record a client has read."""

from datetime import datetime


def tag_of(pk: int, updated_at: datetime) -> str:
    """A strong tag that changes with every write: ``"42-1763640000123456"``."""
    return f'"{pk}-{int(updated_at.timestamp() * 1_000_000)}"'


def etag_of(record) -> str | None:
    """The tag of a record; None where its model does not note when it was changed."""
    updated_at = getattr(record, "updated_at", None)
    return tag_of(record.pk, updated_at) if updated_at else None


def matches(header: str, tag: str | None) -> bool:
    """Whether an ``If-Match`` header allows the version with that tag."""
    wanted = [part.strip() for part in header.split(",")]
    return "*" in wanted or tag in wanted

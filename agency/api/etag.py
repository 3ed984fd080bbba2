"""Entity tags: which version of a record a client has read."""


def etag_of(record) -> str:
    """A strong tag that changes with every write: ``"42-1763640000123456"``."""
    return f'"{record.pk}-{int(record.updated_at.timestamp() * 1_000_000)}"'
